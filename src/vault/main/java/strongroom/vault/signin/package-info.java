/// Asks the operating system whether the person at the machine is the one who is signed in: PAM, Windows Hello
/// or else the password of Windows, Touch ID. **A yes or no and no key**: the verdict is a number in the memory
/// of our own process, and whoever can write there can write it. What opens a vault is the PIN. Depends on
/// `crypto` and `platform`. Start with {@link strongroom.vault.signin.PlatformSignIn}.
package strongroom.vault.signin;
