//! Workbooks: the checklist of an agency as a file that a spreadsheet opens. Made here from what the page shows; read in
//! a process of its own, because a file that somebody sends may be made to harm its reader.

mod archive;
pub mod book;
pub mod filled;
mod read;
pub mod reader;
pub mod table;
pub mod write;
