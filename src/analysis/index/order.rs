//! A quick order of many scores.

/// Sorts units by falling score: by the upper half of the score's bits in three passes, then exactly within equals.
pub fn sorted(rows: &[usize], scores: &[f64], keys: &mut Vec<u64>, other: &mut Vec<u64>) {
    let upper = |score: f64| {
        let bits = score.to_bits();
        let rising = if bits >> 63 == 0 {
            bits | (1 << 63)
        } else {
            !bits
        };
        !((rising >> 32) as u32)
    };
    let mut tallies = [[0_u32; 2048]; 3];
    for (i, row) in rows.iter().enumerate() {
        let key = upper(scores[*row]);
        keys[i] = (u64::from(key) << 32) | i as u64;
        tallies[0][(key & 2047) as usize] += 1;
        tallies[1][((key >> 11) & 2047) as usize] += 1;
        tallies[2][(key >> 22) as usize] += 1;
    }
    for (pass, tally) in tallies.iter_mut().enumerate() {
        let mut sum = 0;
        for count in tally.iter_mut() {
            sum += std::mem::replace(count, sum);
        }
        let shift = 32 + 11 * pass;
        for key in keys.iter() {
            let place = &mut tally[((key >> shift) & if pass == 2 { 1023 } else { 2047 }) as usize];
            other[*place as usize] = *key;
            *place += 1;
        }
        std::mem::swap(keys, other);
    }
    let score = |key: u64| scores[rows[(key & 0xffff_ffff) as usize]];
    let mut from = 0;
    while from < keys.len() {
        let own = keys[from] >> 32;
        let to = keys[from..].iter().position(|key| key >> 32 != own);
        let to = to.map_or(keys.len(), |length| from + length);
        if to - from > 1 {
            keys[from..to].sort_by(|a, b| score(*b).total_cmp(&score(*a)));
        }
        from = to;
    }
}
