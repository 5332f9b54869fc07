/// One unlock, one process: at a lock the process that showed the vault ends, and with it whatever the cipher
/// classes, the collector and the toolkit had copied. The next one was started beforehand, holds nothing, and
/// shows the lock screen in the same place.
package strongroom.desktop.succession;
