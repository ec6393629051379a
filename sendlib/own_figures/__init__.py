"""Figures of the reader's own: read out of an uploaded file, held in memory only."""
