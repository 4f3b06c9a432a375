//! Conversions between the models' native bodies and the Converse vocabulary, without I/O.
