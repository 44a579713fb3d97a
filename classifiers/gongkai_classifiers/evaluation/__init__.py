"""How well the classifiers and the decision table do on documents whose answers are known.

``python -m gongkai_classifiers.evaluation DOCUMENTS.jsonl`` measures; docs/evaluation.md says
what is counted and how. Imported by nothing else.
"""
