//! Signatures in minisign's form: made where the edition key is, checked anywhere (TRUST.md §3).

use std::io::Cursor;

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

/// A pair of keys, as text files.
pub struct Keys {
    pub secret: String,
    pub public: String,
    /// The public key on one line, for settings and `minisign -P`.
    pub line: String,
}

/// Makes a pair of keys; without a passphrase the secret lies open.
pub fn make(comment: &str, passphrase: Option<&str>) -> Result<Keys, String> {
    let said = |why: minisign::PError| format!("the key was not made: {why}");
    let pair = match passphrase {
        Some(phrase) => KeyPair::generate_encrypted_keypair(Some(phrase.to_owned())),
        None => KeyPair::generate_unencrypted_keypair(),
    };
    let pair = pair.map_err(said)?;
    Ok(Keys {
        secret: pair.sk.to_box(Some(comment)).map_err(said)?.to_string(),
        public: pair.pk.to_box().map_err(said)?.into_string(),
        line: pair.pk.to_base64(),
    })
}

/// Opens a protected secret key.
pub fn unlock(secret: &str, passphrase: &str) -> Result<SecretKey, String> {
    SecretKeyBox::from_string(secret)
        .and_then(|secret| secret.into_secret_key(Some(passphrase.to_owned())))
        .map_err(|_| "The key does not open with this passphrase.".to_owned())
}

/// Signs; the comment is signed too.
pub fn sign(key: &SecretKey, bytes: &[u8], comment: &str) -> Result<String, String> {
    minisign::sign(None, key, bytes, Some(comment), Some("mizan"))
        .map(|signature| signature.to_string())
        .map_err(|why| format!("the signature was not made: {why}"))
}

/// Whether a text is a public key, as a file or on one line.
pub fn is_key(text: &str) -> bool {
    public(text).is_ok()
}

fn public(text: &str) -> minisign::Result<PublicKey> {
    PublicKeyBox::from_string(text)
        .and_then(PublicKeyBox::into_public_key)
        .or_else(|_| PublicKey::from_base64(text.trim()))
}

/// Whether a signature over these bytes is by this public key.
pub fn is_signed(bytes: &[u8], signature: &[u8], key: &str) -> bool {
    let signature = std::str::from_utf8(signature).ok();
    let signature = signature.and_then(|text| SignatureBox::from_string(text).ok());
    let (Ok(key), Some(signature)) = (public(key), signature) else {
        return false;
    };
    minisign::verify(&key, &signature, Cursor::new(bytes), true, false, false).is_ok()
}
