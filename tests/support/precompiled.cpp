// The one source that is compiled with the precompiled header, so that the header is made.
