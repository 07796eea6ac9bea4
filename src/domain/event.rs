//! The words of the log: canonical bytes of an event, and the RFC 6962 tree over them (TRUST.md §3).

use sha2::{Digest, Sha256};

/// What happened, by whom, to what. Times are UTC, to the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub province: String,
    pub number: i64,
    pub at: String,
    pub actor: String,
    pub role: String,
    pub action: String,
    pub subject: String,
    pub subject_id: String,
    pub body: String,
    pub address: String,
}

impl Event {
    /// The canonical bytes: a version, then every field in fixed order with its length before it.
    pub fn bytes(&self) -> Vec<u8> {
        let number = self.number.to_string();
        let fields = [
            &self.province,
            &number,
            &self.at,
            &self.actor,
            &self.role,
            &self.action,
            &self.subject,
            &self.subject_id,
            &self.body,
            &self.address,
        ];
        let mut bytes = b"mizan-event/1\n".to_vec();
        for field in fields {
            bytes.extend(format!("{}:", field.len()).bytes());
            bytes.extend(field.bytes());
            bytes.push(b'\n');
        }
        bytes
    }
}

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
            let half = leaves.len().next_power_of_two() / 2;
            node_hash(&root(&leaves[..half]), &root(&leaves[half..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
