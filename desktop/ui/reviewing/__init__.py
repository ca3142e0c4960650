"""The window of those who read a plan and write beside it: mentors, assessors, the ministry."""
