"""A research workbench for Chinese government work reports (政府工作报告).

>>> import workbench as wb
>>> corpus = wb.read_corpus("seeds")
>>> corpus.select(region="六合区").statements  # doctest: +SKIP
"""

from importlib import import_module
from typing import Any

# The public names and where they live; loaded when first used, so that importing is quick.
_HOMES = {
    "pipeline": ["Corpus", "read_corpus"],
    "errors": ["ParameterError", "SeedError", "TableError", "WorkbenchError"],
    "measures.concordance": ["find_concordance"],
    "measures.frequency": ["count_tokens", "measure_frequency", "select_terms"],
    "measures.agreement": ["measure_agreement", "measure_detection"],
    "measures.codings": ["list_disagreements", "settle_codes"],
    "measures.lexicon_changes": ["edit_lexicon"],
    "measures.sampling": ["draw_sample"],
    "run.coded_records": ["write_coded_records"],
    "run.coding": ["code_sample"],
    "run.validation": ["measure_extraction"],
    "targets.scores": ["score_fields"],
    "run.coding_sheets": ["read_coding_sheet", "write_coding_sheet"],
    "measures.audit": ["audit_segmentation", "compare_rankings", "count_by_scheme"],
    "measures.diversity": ["measure_diversity"],
    "measures.similarity": ["find_similar", "measure_similarity", "nearest_report"],
    "measures.relatives": ["compare_relatives", "pair_relatives", "pair_report"],
    "measures.section_similarity": ["match_sections"],
    "measures.reuse": ["find_reuse"],
    "measures.descent": ["find_formulae", "share_sources", "trace_stretches"],
    "measures.changes": ["compare_sentences", "compare_targets", "summarise_changes"],
    "measures.adoption": ["count_adopters", "trace_passages", "trace_phrase", "trace_phrases"],
    "measures.typicality": ["choose_reference", "measure_typicality"],
    "measures.attention": ["term_rates", "theme_entropy", "theme_shares"],
    "measures.breaks": ["find_breaks"],
    "measures.specifications": ["compare_specifications", "measure_specifications"],
    "measures.term_turns": ["find_term_turns"],
    "measures.topic_choice": ["compare_topic_numbers"],
    "measures.topics": ["count_paragraph_terms", "describe_topics", "fit_topics"],
    "measures.trends": ["average_shares", "find_trends", "lead_and_lag", "measure_punctuation"],
    "measures.themes": ["read_theme_terms"],
    "measures.occurrences": ["find_occurrences"],
    "measures.typical": ["find_terms", "find_typical_terms"],
    "lexicons.reader": ["read_stopwords", "read_terms"],
    "measures.profile": ["compare_profile", "profile_documents", "profile_parts"],
    "targets.chains": ["average_levels", "pair_superiors", "summarise_amplification", "trace_chain"],
    "targets.misses": ["find_admissions", "find_misses"],
    "targets.outcomes": ["summarise_outcomes"],
    "targets.ranking": ["rank_targets", "widen_panel"],
    "targets.summaries": ["count_statements", "headline_targets", "pair_results"],
    "display.adjudication": ["adjudicate"],
    "display.briefing": ["describe_report", "show_promises"],
    "display.explorers": ["explore_concordance", "explore_pair", "explore_targets", "explore_themes"],
    "display.figures": ["save_figure", "show_figure"],
    "display.labels": ["name", "names"],
    "display.plots_chain": ["plot_amplification", "plot_cascade"],
    "display.plots_outcomes": ["plot_outcome_shares", "plot_outcomes"],
    "display.plots_regions": ["plot_ranking", "plot_region_targets"],
    "display.plots_reuse": ["plot_adoption", "plot_changes", "plot_phrase", "plot_sources"],
    "display.plots_similarity": ["plot_relatives", "plot_similarity"],
    "display.plots_years": ["plot_target_years"],
    "display.plots_targets": ["plot_bounds", "plot_growth_targets", "plot_positions"],
    "display.plots_text": [
        "plot_audit",
        "plot_diversity",
        "plot_keyness",
        "plot_occurrences",
        "plot_sections",
        "plot_terms",
    ],
    "display.plots_attention": ["plot_specifications", "plot_theme_course"],
    "display.topic_tables": ["show_term_turns", "show_topics"],
    "display.plots_themes": ["plot_theme_grid", "plot_theme_parts", "plot_theme_trend"],
    "display.quality_tables": ["show_coder_quality", "show_extraction_quality"],
    "display.provenance": ["show_provenance"],
    "display.reading": ["group_passages", "link_passages", "show_table"],
    "display.style": ["use_style"],
    "display.chain_tables": [
        "show_admissions",
        "show_chain",
        "show_changed_targets",
        "show_fulfilment",
        "show_misses",
        "show_superior_sentences",
    ],
    "display.reuse_tables": [
        "show_sentence_changes",
        "show_shared_passages",
        "show_stretches",
    ],
    "display.likeness_tables": ["show_relatives", "show_sections", "show_typicality"],
    "display.corpus_tables": ["show_comparability", "show_coverage", "show_documents", "show_similarity"],
    "display.target_tables": ["show_panel", "show_statements", "show_targets"],
    "display.theme_tables": [
        "find_theme_passages",
        "leading_themes",
        "show_breaks",
        "show_theme_examples",
        "show_theme_shares",
        "show_trends",
    ],
    "display.text_tables": [
        "show_audit",
        "show_keyness",
        "show_noise",
        "show_parts",
        "show_profile",
        "show_scheme_agreement",
    ],
    "display.plots_validation": ["plot_agreement", "plot_scores"],
    "display.validation_tables": [
        "show_agreement",
        "show_detection",
        "show_disagreements",
        "show_errors",
        "show_field_scores",
        "show_match_scores",
        "show_sample",
    ],
    "display.wording": ["word_values"],
}
_HOME_OF = {public: home for home, names in _HOMES.items() for public in names}
__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'workbench' has no attribute {name!r}")
    return getattr(import_module(f"workbench.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
