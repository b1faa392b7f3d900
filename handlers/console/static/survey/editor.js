// The editor of surveys.
