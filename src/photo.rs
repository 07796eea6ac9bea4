//! Photographs: taken apart and put together again, turned upright, so that nothing but the picture is left: no place
//! where it was taken, no camera, no second file behind its end.

use std::io::Cursor;
use std::sync::{Condvar, Mutex, PoisonError};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::domain::evidence::FileKind;

/// Why a photograph is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFault {
    /// It has more points than any camera makes; it was not opened.
    Flood,
    /// It cannot be opened: cut off, or no picture at all.
    Unreadable,
}

/// A photograph with nothing but the picture in it.
pub struct Clean {
    pub kind: FileKind,
    pub bytes: Vec<u8>,
}

/// The most points, and the most on one side.
const MOST_PIXELS: u64 = 64_000_000;
const MOST_SIDE: u32 = 20_000;
/// The most memory a decoder may ask for.
const MOST_BYTES: u64 = 400 << 20;
/// How well a photograph is kept, of 100.
const QUALITY: u8 = 88;
/// A picture of some megapixels takes a hundred megabytes while it is open.
const AT_ONCE: u8 = 2;

static OPEN: Mutex<u8> = Mutex::new(0);
static CLOSED: Condvar = Condvar::new();

/// The right to have a picture open; waits until one of the few is free.
struct Turn;

impl Turn {
    fn take() -> Turn {
        let open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        let free = CLOSED.wait_while(open, |open| *open >= AT_ONCE);
        *free.unwrap_or_else(PoisonError::into_inner) += 1;
        Turn
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *OPEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        CLOSED.notify_one();
    }
}

/// Makes a photograph anew; `None` where the file is none.
pub fn clean(kind: FileKind, bytes: &[u8]) -> Option<Result<Clean, PhotoFault>> {
    let format = match kind {
        FileKind::Jpeg => ImageFormat::Jpeg,
        FileKind::Png => ImageFormat::Png,
        FileKind::Webp => ImageFormat::WebP,
        FileKind::Pdf | FileKind::Docx | FileKind::Xlsx => return None,
    };
    Some(open(format, bytes).and_then(|picture| write(format, &picture)))
}

fn open(format: ImageFormat, bytes: &[u8]) -> Result<DynamicImage, PhotoFault> {
    let unreadable = |_| PhotoFault::Unreadable;
    // Half a JPEG opens without a word: its end has to be there.
    if format == ImageFormat::Jpeg && !bytes.windows(2).any(|two| two == [0xff, 0xd9]) {
        return Err(PhotoFault::Unreadable);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    // The header alone says how large it will be.
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS || width.max(height) > MOST_SIDE {
        return Err(PhotoFault::Flood);
    }
    let _turn = Turn::take();
    let upright = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(upright);
    Ok(picture)
}

fn write(format: ImageFormat, picture: &DynamicImage) -> Result<Clean, PhotoFault> {
    let unreadable = |_| PhotoFault::Unreadable;
    let mut bytes = Vec::new();
    if format == ImageFormat::Png || picture.color().has_alpha() {
        picture
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .map_err(unreadable)?;
        return Ok(Clean {
            kind: FileKind::Png,
            bytes,
        });
    }
    let flat = DynamicImage::ImageRgb8(picture.to_rgb8());
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    flat.write_with_encoder(encoder).map_err(unreadable)?;
    Ok(Clean {
        kind: FileKind::Jpeg,
        bytes,
    })
}
