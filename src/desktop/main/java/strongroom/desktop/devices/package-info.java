/// The person's devices, and handing the keys to a new one. Depends on `widget`, `text`, `work` and the client.
/// Start with {@link strongroom.desktop.devices.DevicesViewModel}.
package strongroom.desktop.devices;
