/// A client in memory for the tests of the window.
package strongroom.desktop.fake;
