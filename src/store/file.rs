//! Files of evidence in a folder, each under the hash of its content: the same file is kept once.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{StoreError, StoreResult, new_id};

/// The folder of all files.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

/// A file that has come in whole and waits to be kept. Dropped, it leaves nothing behind.
pub struct Staged {
    files: Files,
    waiting: PathBuf,
    /// The hash of its content, by which it is kept.
    pub sha256: String,
}

fn unavailable(error: &io::Error) -> StoreError {
    StoreError::Unavailable(format!("the folder of files: {error}"))
}

fn read(path: &Path) -> StoreResult<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unavailable(&error)),
    }
}

fn remove(path: &Path) -> StoreResult<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unavailable(&error)),
        _ => Ok(()),
    }
}

impl Files {
    /// The files below a folder.
    pub fn at(folder: &Path) -> Files {
        Files {
            folder: folder.to_owned(),
        }
    }

    /// Only a hash leads to a file, so that no name can lead elsewhere.
    fn place(&self, sha256: &str) -> StoreResult<PathBuf> {
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        match sha256.get(..2).filter(|_| is_hash) {
            Some(start) => Ok(self.folder.join(start).join(sha256)),
            None => Err(StoreError::Broken("no hash of a file".to_owned())),
        }
    }

    /// Writes a file beside its place and waits until it is on the disk.
    pub fn stage(&self, bytes: &[u8]) -> StoreResult<Staged> {
        let sha256 = hex::encode(Sha256::digest(bytes));
        let waiting = self.folder.join(format!("{}.part", new_id()));
        let staged = Staged {
            files: self.clone(),
            waiting,
            sha256,
        };
        staged.write(bytes).map_err(|error| unavailable(&error))?;
        Ok(staged)
    }

    /// The content of a file; `None` where it is not there.
    pub fn read(&self, sha256: &str) -> StoreResult<Option<Vec<u8>>> {
        read(&self.place(sha256)?)
    }

    /// Where a file comes together that comes in pieces.
    fn parts(&self, id: &str) -> StoreResult<PathBuf> {
        let is_id = !id.is_empty()
            && id
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        match is_id {
            true => Ok(self.folder.join(format!("{id}.upload"))),
            false => Err(StoreError::Broken("no id of an upload".to_owned())),
        }
    }

    /// Puts the next piece in its place; what a broken write left behind it goes.
    pub fn put_part(&self, id: &str, offset: u64, bytes: &[u8]) -> StoreResult<()> {
        let path = self.parts(id)?;
        let put = || {
            fs::create_dir_all(&self.folder)?;
            let mut file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)?;
            file.set_len(offset)?;
            file.seek(SeekFrom::Start(offset))?;
            file.write_all(bytes)?;
            file.sync_data()
        };
        put().map_err(|error| unavailable(&error))
    }

    /// What has come of a file so far; `None` where it is not there.
    pub fn read_parts(&self, id: &str) -> StoreResult<Option<Vec<u8>>> {
        read(&self.parts(id)?)
    }

    /// Takes away what has come of a file.
    pub fn remove_parts(&self, id: &str) -> StoreResult<()> {
        remove(&self.parts(id)?)
    }

    /// Takes a file away that no row names.
    pub fn remove(&self, sha256: &str) -> StoreResult<()> {
        remove(&self.place(sha256)?)
    }
}

impl Staged {
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.files.folder)?;
        let mut file = File::create_new(&self.waiting)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Puts the file in its place; done again, or done by another before, it is the same file.
    pub fn keep(&self) -> StoreResult<()> {
        let place = self.files.place(&self.sha256)?;
        if place.exists() {
            return Ok(());
        }
        let folder = place.parent().unwrap_or(&self.files.folder);
        let kept = fs::create_dir_all(folder)
            .and_then(|()| fs::rename(&self.waiting, &place))
            .and_then(|()| File::open(folder)?.sync_all())
            .and_then(|()| File::open(&self.files.folder)?.sync_all());
        kept.map_err(|error| unavailable(&error))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.waiting)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a file that was not kept could not be removed");
        }
    }
}
