//! What-if and robustness. Pure like the domain; floats allowed. Never feeds the official score.
