//! Black-box probes: somebody tries what they may not, with a valid form unless the probe is about that.
//!
//! The numbers P01 … P44 are those of the list of probes; each test is named after what it promises.

mod account;
mod door;
mod evidence;
mod evidence_days;
mod fields;
mod headers;
mod log;
mod numbers;
mod others;
mod replay;
mod states;
mod tricks;
mod wire;
