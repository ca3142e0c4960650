"""Moving a workspace to another guideline pack: what maps, what falls away and is kept, and the way back.

Everything written lies in a *slot*: a register of the workspace. Two guidelines may share a slot (the same
item, a programme's dimension) or have one each. Moving copies from slot to slot by the mapping. Before a
shared slot is written over, its content is put on the *shelf* of every guideline that counts on it, as an
answer ``~shelf.<pack>.<table>.<field>`` about the same row. So for a guideline that is not the present one
the content of a slot is what lies on its shelf, else what stands there; coming back puts it in place again.
"""
