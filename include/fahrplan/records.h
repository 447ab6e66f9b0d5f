/* What an analyst states, as plain data: one struct a concept, in the shape of docs/formats.md.
 *
 * The same structs serve both ways. Fill them in and give them to a fpl_builder; read them from a
 * model with fpl_model_content. Strings are UTF-8. NULL and zero mean "not stated".
 *
 * References (fpl_ref) carry the id as stated; building a model fills in the index. Conditions
 * (fpl_condition) carry the formula as stated; building compiles it. Whatever building fills in is
 * ignored on the way in.
 *
 * Lists are {items, n}. In a model they are never to be changed. */
#ifndef FAHRPLAN_RECORDS_H
#define FAHRPLAN_RECORDS_H

#include <fahrplan/status.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FPL_LIST(type)                                                                   \
    struct {                                                                             \
        type *items;                                                                     \
        int n;                                                                           \
    }

/* ---- parts ------------------------------------------------------------------------------- */

/* A text in one language. language is "" for a text stated without one. */
typedef struct fpl_phrase {
    const char *language;
    const char *text;
} fpl_phrase;

typedef FPL_LIST(fpl_phrase) fpl_text;

typedef FPL_LIST(const char *) fpl_strings;

/* A key that begins with "x-": kept with its value (as YAML in flow style), never interpreted. */
typedef struct fpl_extra {
    const char *key;
    const char *value;
} fpl_extra;

/* The first member of every record. */
typedef struct fpl_head {
    fpl_mark mark; /* where the record stands in its file */
    FPL_LIST(fpl_extra) extras;
} fpl_head;

/* The name of something else in the model. */
typedef struct fpl_ref {
    const char *id;
    int index; /* filled in by building; -1 if not stated */
    fpl_mark mark;
} fpl_ref;

typedef FPL_LIST(fpl_ref) fpl_refs;

struct fpl_formula;

typedef struct fpl_condition {
    const char *text;
    const struct fpl_formula *formula; /* filled in by building; NULL if not stated */
    fpl_mark mark;
} fpl_condition;

/* A number that may be missing. */
typedef struct fpl_real {
    double value;
    bool stated;
} fpl_real;

/* An integer that may be missing. */
typedef struct fpl_integer {
    int value;
    bool stated;
} fpl_integer;

/* value / 10^places, exactly: {15, 1} is 1.5. places in 0..4. */
typedef struct fpl_decimal {
    int32_t value;
    int32_t places;
} fpl_decimal;

typedef enum fpl_tristate { FPL_UNSTATED = 0, FPL_NO, FPL_YES } fpl_tristate;

/* Where a statement comes from: a source, places in it (sentence numbers, pages), a grade. */
typedef struct fpl_citation {
    fpl_ref source;
    fpl_strings at;
    fpl_ref grade;
    fpl_text note;
} fpl_citation;

typedef struct fpl_setting { /* descriptor = variant */
    fpl_head head;
    fpl_ref descriptor;
    fpl_ref variant;
} fpl_setting;

typedef FPL_LIST(fpl_setting) fpl_settings;

typedef struct fpl_weight { /* a number for a variant */
    fpl_head head;
    fpl_ref variant;
    fpl_real value;
} fpl_weight;

/* ---- descriptors and judgements ---------------------------------------------------------- */

typedef enum fpl_kind {
    FPL_KIND_UNSTATED = 0, /* counts as outcome */
    FPL_DRIVER,            /* outside the decision makers' control */
    FPL_CHOICE,            /* has an actor */
    FPL_OUTCOME
} fpl_kind;

typedef struct fpl_variant {
    fpl_head head;
    const char *id;
    fpl_text name;
    fpl_text short_name;
    const char *color; /* "#RRGGBB" */
    int lag;           /* steps until it acts, >= 0; method.md, M3.5 */
    fpl_citation cited;
} fpl_variant;

typedef struct fpl_move { /* a change of variant that never happens; method.md, M3.5 */
    fpl_head head;
    fpl_ref from;
    fpl_ref to;
    fpl_text because;
} fpl_move;

typedef struct fpl_descriptor {
    fpl_head head;
    const char *id;
    fpl_text name;
    fpl_text short_name;
    fpl_kind kind;
    fpl_ref actor;
    fpl_tristate ordered;
    int stickiness; /* >= 0, judgement points; method.md, M3.5 */
    FPL_LIST(fpl_move) never;
    FPL_LIST(fpl_variant) variants;
    fpl_citation cited;
} fpl_descriptor;

typedef struct
    fpl_scores { /* one judgement group: a variant's scores on all variants of a target */
    fpl_head head;
    fpl_ref variant;
    FPL_LIST(fpl_decimal) values;
} fpl_scores;

typedef struct fpl_reason { /* why a judgement group is what it is */
    fpl_head head;
    fpl_ref variant;
    fpl_text why;
    fpl_ref source;
    fpl_strings at;
    fpl_ref grade;
    const char *coder;
    const char *date;
    fpl_tristate doubtful;
    fpl_tristate hindsight;
} fpl_reason;

typedef struct fpl_opinion { /* the same section as another expert judges it */
    fpl_head head;
    const char *coder;
    FPL_LIST(fpl_scores) scores;
    FPL_LIST(fpl_reason) because;
} fpl_opinion;

typedef struct
    fpl_impact { /* a judgement section: all groups from one descriptor to another */
    fpl_head head;
    fpl_ref from;
    fpl_ref to;
    FPL_LIST(fpl_scores) scores; /* groups not listed are zero: nobody judged them */
    FPL_LIST(fpl_reason) because;
    fpl_text note;
    FPL_LIST(fpl_opinion) others;
} fpl_impact;

typedef struct fpl_exclusion {
    fpl_head head;
    fpl_condition when;
    fpl_text because;
    fpl_citation cited;
} fpl_exclusion;

/* ---- sources and people ------------------------------------------------------------------ */

typedef struct fpl_grade {
    fpl_head head;
    const char *id;
    fpl_text name;
    fpl_integer price;  /* of changing a judgement by one unit; method.md, M7.4 */
    fpl_integer radius; /* by how much a judgement may be off; method.md, M7.5 */
} fpl_grade;

typedef struct fpl_source {
    fpl_head head;
    const char *id;
    fpl_text title;
    const char *author;
    const char *publisher;
    const char *date;
    const char *accessed;
    const char *language;
    const char *url;
    const char *place; /* what a place counts: sentence, page, paragraph */
    fpl_text note;
} fpl_source;

typedef struct fpl_cost { /* what the variants of a descriptor cost an actor */
    fpl_head head;
    fpl_ref descriptor;
    FPL_LIST(fpl_weight) variants;
} fpl_cost;

typedef struct fpl_actor {
    fpl_head head;
    const char *id;
    fpl_text name;
    fpl_real beta;   /* weight of benefit, 1 if not stated; method.md, M9.1 */
    fpl_real lambda; /* weight of risk, 1 if not stated */
    FPL_LIST(fpl_cost) costs;
    fpl_citation cited;
} fpl_actor;

/* ---- measures and the regime; method.md, M4 ---------------------------------------------- */

typedef enum fpl_legality {
    FPL_LEGALITY_UNSTATED = 0,
    FPL_PERMITTED,
    FPL_GREY,
    FPL_COVERT,
    FPL_OPEN
} fpl_legality;

typedef struct fpl_ceiling { /* the most that a variant of the stance allows */
    fpl_head head;
    fpl_ref variant;
    fpl_legality legality;
} fpl_ceiling;

typedef struct fpl_stance {
    fpl_head head;
    fpl_ref descriptor;
    FPL_LIST(fpl_ceiling) ceiling;
} fpl_stance;

typedef struct fpl_rule { /* forbids categories of measures between two dates */
    fpl_head head;
    const char *id;
    fpl_text name;
    fpl_strings forbids;
    const char *from;
    const char *until;
    fpl_strings except;
    fpl_citation cited;
} fpl_rule;

typedef struct fpl_regime {
    fpl_head head;
    fpl_text name;
    FPL_LIST(fpl_rule) rules;
} fpl_regime;

typedef struct fpl_measure {
    fpl_head head;
    const char *id;
    fpl_text name;
    fpl_ref level; /* a variant of the level */
    fpl_legality status;
    fpl_strings categories;
    fpl_legality manner; /* covert or open: how it is done if it is forbidden */
    fpl_condition gate;
    fpl_integer benefit;
    fpl_integer risk;
    int lag;
    fpl_ref actor;
    fpl_citation cited;
} fpl_measure;

typedef enum fpl_gate_kind {
    FPL_GATE_UNSTATED = 0,
    FPL_GATE_NECESSARY,
    FPL_GATE_SUFFICIENT,
    FPL_GATE_DELAY,
    FPL_GATE_CONSEQUENCE
} fpl_gate_kind;

typedef struct fpl_gate { /* a condition on a level or on a measure; method.md, M6.1 */
    fpl_head head;
    const char *id;
    fpl_text name;
    fpl_ref level;
    fpl_ref measure;
    fpl_ref from; /* the level from which it leads */
    fpl_gate_kind kind;
    fpl_condition when;
    fpl_citation cited;
} fpl_gate;

typedef struct
    fpl_roadmap_plan { /* which drivers span the rows, and where succession starts */
    fpl_head head;
    fpl_refs drivers;
    fpl_settings start;
    fpl_text note;
} fpl_roadmap_plan;

/* ---- claims, loops, signposts, hedges ---------------------------------------------------- */

typedef struct fpl_claim { /* method.md, M8.3 */
    fpl_head head;
    const char *id;
    fpl_text name;
    fpl_condition claim;
    fpl_condition fact;
    fpl_citation cited;
} fpl_claim;

typedef enum fpl_sign { FPL_SIGN_UNSTATED = 0, FPL_PLUS, FPL_MINUS } fpl_sign;

typedef struct fpl_loop { /* a loop that the author names */
    fpl_head head;
    const char *id;
    fpl_text name;
    fpl_sign sign;
    fpl_refs cycle; /* descriptors; the last closes to the first */
    fpl_citation cited;
} fpl_loop;

typedef enum fpl_evidence {
    FPL_EVIDENCE_UNSTATED = 0,
    FPL_EVIDENCE_OFFICIAL,
    FPL_EVIDENCE_DIRECT,
    FPL_EVIDENCE_CIRCUMSTANTIAL,
    FPL_EVIDENCE_CLAIM
} fpl_evidence;

typedef struct fpl_signpost { /* method.md, M6.6 */
    fpl_head head;
    const char *id;
    fpl_text text;
    fpl_text resolves;
    fpl_ref about; /* a descriptor */
    fpl_ref measure;
    FPL_LIST(fpl_weight) likelihood; /* of the report, given each variant */
    const char *lead;                /* a duration: "30d" */
    fpl_evidence source_class;
    fpl_citation cited;
} fpl_signpost;

typedef struct
    fpl_hedge { /* an author's words and the probabilities they stand for; M10 */
    fpl_head head;
    fpl_text words;
    fpl_real low;
    fpl_real high;
    fpl_strings at;
} fpl_hedge;

/* ---- the record of what happened; method.md, M11 and M12 ---------------------------------- */

typedef struct fpl_link {
    fpl_head head;
    const char *url;
    const char *title;
    const char *date;
} fpl_link;

typedef struct fpl_observation {
    fpl_head head;
    const char *id;
    const char *date;
    fpl_text text;
    fpl_settings observes;
    fpl_real reliability; /* that the fact is as told; 1 if not stated */
    fpl_real fit;         /* that it is an observation of that variant; 1 if not stated */
    const char *cluster;
    fpl_refs measures;
    fpl_refs tests; /* predictions */
    FPL_LIST(fpl_link) sources;
    fpl_evidence evidence;
    fpl_text note;
} fpl_observation;

typedef struct fpl_state { /* the world on a date, as coded */
    fpl_head head;
    const char *date;
    fpl_text name;
    fpl_settings state;
    fpl_refs uncertain; /* descriptors */
    fpl_text note;
} fpl_state;

typedef enum fpl_verdict {
    FPL_VERDICT_UNSTATED = 0,
    FPL_CONFIRMED,
    FPL_CONSISTENT,
    FPL_PARTLY,
    FPL_MIXED,
    FPL_STILL_OPEN,
    FPL_UNOBSERVED,
    FPL_CONTRADICTED
} fpl_verdict;

typedef struct fpl_prediction {
    fpl_head head;
    const char *id;
    fpl_text text;
    fpl_text hedge;
    fpl_verdict verdict;
    fpl_refs observations;
    fpl_text why;
    fpl_condition formula;
    fpl_citation cited;
} fpl_prediction;

typedef struct fpl_note {
    fpl_head head;
    const char *id;
    fpl_text text;
    const char *about;
    fpl_citation cited;
} fpl_note;

/* ---- everything -------------------------------------------------------------------------- */

typedef struct fpl_content {
    fpl_head head;
    fpl_text title;
    fpl_text summary;
    fpl_text question;
    const char *date;  /* the day for which the model speaks */
    fpl_integer scale; /* judgements lie in -scale..scale; 3 if not stated */
    fpl_tristate hindsight;
    FPL_LIST(fpl_grade) grades; /* stated, implied, analyst if empty */
    FPL_LIST(fpl_source) sources;
    FPL_LIST(fpl_actor) actors;
    FPL_LIST(fpl_descriptor) descriptors;
    FPL_LIST(fpl_impact) impacts;
    FPL_LIST(fpl_exclusion) exclusions;
    fpl_ref level;
    fpl_stance stance;
    fpl_regime regime;
    FPL_LIST(fpl_measure) measures;
    FPL_LIST(fpl_gate) gates;
    fpl_roadmap_plan roadmap;
    FPL_LIST(fpl_claim) claims;
    FPL_LIST(fpl_loop) loops;
    FPL_LIST(fpl_signpost) signposts;
    FPL_LIST(fpl_hedge) hedges;
    const char
        *observations_file; /* the observations, states and predictions stand there */
    FPL_LIST(fpl_observation) observations;
    FPL_LIST(fpl_state) states;
    FPL_LIST(fpl_prediction) predictions;
    FPL_LIST(fpl_note) notes;
} fpl_content;

/* The wording of a text in a language ("en", "de", "de_DE"): that language, else one that begins
 * alike ("de" for "de-AT"), else the text without language, else English, else the first. Never
 * NULL; empty if nothing is stated. */
FPL_API const char *fpl_text_in(const fpl_text *text, const char *language);

#ifdef __cplusplus
}
#endif

#endif
