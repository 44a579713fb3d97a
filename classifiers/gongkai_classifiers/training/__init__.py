"""How the model of names is made: papers invented, public text labelled, weights learnt.

Nothing here runs when a document is read. ``python -m gongkai_classifiers.training`` lists
the commands; ``docs/model.md`` tells what each gave.
"""
