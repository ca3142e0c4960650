"""What has the team written, and where does it live?"""
