"""The benchmarks: what Polku promises of speed and size, measured beside a reference each time."""
