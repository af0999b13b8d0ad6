// Both ask the compiler about the library's sources: together, because reading these takes it seconds.
import "./public-types";
import "./resources";
