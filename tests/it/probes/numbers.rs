//! Every probe that is promised is a test whose name begins with its number.

/// P01–P16, P20, P22–P25, P28–P30, P34, P35, P37–P44.
const PROMISED: [u8; 34] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 22, 23, 24, 25, 28, 29, 30, 34, 35,
    37, 38, 39, 40, 41, 42, 43, 44,
];

/// The numbers a test's name begins with: `p22_p25_what_people_write` has two.
fn numbers(name: &str) -> Vec<u8> {
    let words = name.split('_').map_while(|word| word.strip_prefix('p'));
    words.map_while(|digits| digits.parse().ok()).collect()
}

#[test]
fn every_promised_probe_is_a_test() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let (mut found, mut folders) = (Vec::new(), vec![folder]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)
            .expect("a folder of tests")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                let names = text.lines().filter_map(|line| line.strip_prefix("fn "));
                found.extend(names.flat_map(numbers));
            }
        }
    }
    let missing: Vec<u8> = PROMISED
        .into_iter()
        .filter(|number| !found.contains(number))
        .collect();
    assert!(missing.is_empty(), "no test yet of {missing:?}");
}
