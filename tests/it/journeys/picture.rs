//! A picture of a page with few colours, small enough to keep beside the words about it.

use std::collections::HashMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Filter};

type Colour = [u8; 3];

/// The colours a picture may have.
const MOST: usize = 96;

/// Makes what the browser drew, as it hands it out, small.
pub fn small(drawn: &str) -> Vec<u8> {
    let bytes = BASE64_STANDARD.decode(drawn).expect("base64");
    let mut reader = Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .expect("a picture");
    let mut buffer = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut buffer).expect("its points");
    let step = info.color_type.samples();
    let points: Vec<Colour> = buffer[..info.buffer_size()]
        .chunks_exact(step)
        .map(|point| [point[0], point[1], point[2]])
        .collect();
    let palette = palette(&points);
    let mut places = HashMap::new();
    let places: Vec<u8> = points
        .iter()
        .map(|point| {
            *places
                .entry(*point)
                .or_insert_with(|| nearest(&palette, point))
        })
        .collect();
    let mut made = Vec::new();
    let mut encoder = Encoder::new(&mut made, info.width, info.height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&places).expect("the points");
    writer.finish().expect("an end");
    made
}

/// The colours that are most of the picture; of those that look alike the most frequent.
fn palette(points: &[Colour]) -> Vec<Colour> {
    let mut counts = HashMap::<Colour, usize>::new();
    for point in points {
        *counts.entry(*point).or_default() += 1;
    }
    let mut alike = HashMap::<Colour, (usize, usize, Colour)>::new();
    for (colour, count) in counts {
        let kind = alike.entry(colour.map(|part| part >> 3)).or_default();
        kind.0 += count;
        if (count, colour) > (kind.1, kind.2) {
            (kind.1, kind.2) = (count, colour);
        }
    }
    let mut kinds: Vec<_> = alike.into_values().collect();
    kinds.sort_unstable();
    kinds
        .into_iter()
        .rev()
        .take(MOST)
        .map(|kind| kind.2)
        .collect()
}

fn nearest(palette: &[Colour], point: &Colour) -> u8 {
    let far = |colour: &Colour| -> u32 {
        (0..3)
            .map(|part| u32::from(colour[part].abs_diff(point[part])).pow(2))
            .sum()
    };
    let places = palette.iter().enumerate();
    let (place, _) = places
        .min_by_key(|(_, colour)| far(colour))
        .expect("a colour");
    u8::try_from(place).expect("few colours")
}
