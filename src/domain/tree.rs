//! The tree of RFC 6962: one root over many lines. Whoever holds the root can be shown that a line is under it, and that
//! nothing was cut off or put in between.

use sha2::{Digest, Sha256};

/// A hash of the tree.
pub type Hash = [u8; 32];

/// The hash of a leaf: SHA-256 of 0x00 and the bytes (RFC 6962 §2.1).
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(bytes)
        .finalize()
        .into()
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The root over leaf hashes (RFC 6962 §2.1); of none, SHA-256 of nothing.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        leaves => {
            let half = half(leaves.len());
            node_hash(&root(&leaves[..half]), &root(&leaves[half..]))
        }
    }
}

/// The size of the left half of a tree: the largest power of two below its size.
fn half(size: usize) -> usize {
    size.next_power_of_two() / 2
}

/// The hashes that lead from a leaf to the root, nearest first (RFC 6962 §2.1.1); `None` where there is no such leaf.
pub fn proof(leaves: &[Hash], place: usize) -> Option<Vec<Hash>> {
    if place >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let (left, right) = leaves.split_at(half(leaves.len()));
    let (mut path, beside) = match place.checked_sub(left.len()) {
        None => (proof(left, place)?, root(right)),
        Some(place) => (proof(right, place)?, root(left)),
    };
    path.push(beside);
    Some(path)
}

/// The root that a leaf and its proof lead to; `None` where the proof is no proof for a tree of this size.
pub fn climb(leaf: Hash, place: usize, size: usize, path: &[Hash]) -> Option<Hash> {
    if place >= size {
        return None;
    }
    let Some((beside, below)) = path.split_last() else {
        return (size == 1).then_some(leaf);
    };
    if size == 1 {
        return None;
    }
    let left = half(size);
    Some(match place.checked_sub(left) {
        None => node_hash(&climb(leaf, place, left, below)?, beside),
        Some(place) => node_hash(beside, &climb(leaf, place, size - left, below)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count).map(|n| leaf_hash(&[n as u8])).collect()
    }

    #[test]
    fn every_leaf_is_proven_under_its_root_and_nowhere_else() {
        for size in 1..20 {
            let (leaves, whole) = (leaves(size), root(&leaves(size)));
            for place in 0..size {
                let path = proof(&leaves, place).expect("a leaf of the tree");
                assert_eq!(climb(leaves[place], place, size, &path), Some(whole));
                let elsewhere = climb(leaves[place], (place + 1) % size, size, &path);
                assert!(size == 1 || elsewhere != Some(whole));
                assert_ne!(climb(leaf_hash(b"other"), place, size, &path), Some(whole));
            }
            assert_eq!(proof(&leaves, size), None);
        }
    }

    /// The leaves of the certificate-transparency reference tests and their roots.
    #[test]
    fn the_tree_is_the_one_of_the_rfc() {
        let leaves: Vec<Hash> = ["", "00", "10", "2021", "3031", "40414243"]
            .iter()
            .map(|text| leaf_hash(&hex::decode(text).expect("hex")))
            .collect();
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        ];
        for (size, expected) in roots.iter().enumerate() {
            assert_eq!(
                hex::encode(root(&leaves[..size])),
                *expected,
                "{size} leaves"
            );
        }
    }
}
