"""What every floor may use: command line, cache, processes, file names, the build folder."""
