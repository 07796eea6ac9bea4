//! Letters that go out: worded for their reader, then carried. No request ever waits for this room.

pub mod carrier;
pub mod delivery;
pub mod gateway;
pub mod keeper;
pub mod wording;
