//! The words of the log: canonical bytes of an event. They are leaves of the tree (`domain/tree.rs`).

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
