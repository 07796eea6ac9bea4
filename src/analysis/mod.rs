//! What-if and robustness. Pure like the domain; never feeds the official score.

pub mod draws;
pub mod index;
pub mod ranks;
pub mod robust;
