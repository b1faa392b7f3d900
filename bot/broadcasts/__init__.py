"""Broadcasts, a lab's way to many citizens: written, approved by a second person, sent, stopped, resumed, counted.

writing      create, edit, audience (whom it would reach), problems (what must be mended), submit
deciding     approve, send back, stop, resume, send at once; the states and who may move them
invitations  what a recipient sees, by wording and language; the preview
planning     recipients put down, page by page; due, repeated, finished (the clock's part)
freezing     batches made up of those who still may be sent to, under the pace all workers share
sending      batches handed to LINE, and what became of each
pacing       how fast, and how much of the month's quota is left
following    progress, outcome by wording, what LINE counted
guests       test sends to accounts' own LINE
"""
