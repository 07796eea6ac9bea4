//! The commands of `mizan`: they read files and print; the rules are in the domain.

pub mod command;
pub mod draw;
pub mod edition;
pub mod index;
pub mod score;
pub mod serve;
