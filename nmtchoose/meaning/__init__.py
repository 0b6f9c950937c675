"""What a pair of files means, once, as a circuit of yes/no wires; without a solver and without NumPy.

`result.meaning_of(tables)` makes the circuit of a pair of files. Its inputs stand in `Meaning.given`, by question, as
they were answered, whether that counts or not (see `answer_wires`); its outputs in `Meaning.result`, by name (see
`result`, `outcome`, `booking`). A back end is a loop over `Circuit.gates` in order: `circuit.Values` for
one client, plainly, and the reference for the others; `several` for some, without NumPy; `block` for many; `solver` for
all. `verdict` reads the outputs.
"""
