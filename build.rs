//! Templates are built into the release binary: a new one must start a new build.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // In development they are read from disk at start, so an edit needs no build.
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo:rerun-if-changed=templates");
    }
}
