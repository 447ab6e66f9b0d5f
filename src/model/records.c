/* The tables themselves, in the order in which the canonical layout writes the keys. */
#include "model/records.h"

#include "base/status.h"

#include <limits.h>
#include <string.h>

/* ---- words ------------------------------------------------------------------------------- */

const fpli_word fpli_kind_words[] = {
    {"driver", FPL_DRIVER}, {"choice", FPL_CHOICE}, {"outcome", FPL_OUTCOME}, {NULL, 0}};
const fpli_word fpli_legality_words[] = {{"permitted", FPL_PERMITTED},
                                         {"grey", FPL_GREY},
                                         {"covert", FPL_COVERT},
                                         {"open", FPL_OPEN},
                                         {NULL, 0}};
static const fpli_word manner_words[] = {
    {"covert", FPL_COVERT}, {"open", FPL_OPEN}, {NULL, 0}};
const fpli_word fpli_gate_kind_words[] = {{"necessary", FPL_GATE_NECESSARY},
                                          {"sufficient", FPL_GATE_SUFFICIENT},
                                          {"delay", FPL_GATE_DELAY},
                                          {"consequence", FPL_GATE_CONSEQUENCE},
                                          {NULL, 0}};
const fpli_word fpli_sign_words[] = {{"plus", FPL_PLUS}, {"minus", FPL_MINUS}, {NULL, 0}};
const fpli_word fpli_evidence_words[] = {{"official", FPL_EVIDENCE_OFFICIAL},
                                         {"direct", FPL_EVIDENCE_DIRECT},
                                         {"circumstantial", FPL_EVIDENCE_CIRCUMSTANTIAL},
                                         {"claim", FPL_EVIDENCE_CLAIM},
                                         {NULL, 0}};
const fpli_word fpli_verdict_words[] = {{"confirmed", FPL_CONFIRMED},
                                        {"consistent", FPL_CONSISTENT},
                                        {"partly", FPL_PARTLY},
                                        {"mixed", FPL_MIXED},
                                        {"open", FPL_STILL_OPEN},
                                        {"unobserved", FPL_UNOBSERVED},
                                        {"contradicted", FPL_CONTRADICTED},
                                        {NULL, 0}};

/* ---- shorthand for the tables ------------------------------------------------------------- */

#define PLAIN(key_, type_, struct_, member_, flags_)                                     \
    {                                                                                    \
        .key = key_, .type = type_, .offset = offsetof(struct_, member_),                \
        .flags = flags_                                                                  \
    }
#define NUMBER(key_, type_, struct_, member_, low_, high_)                               \
    {                                                                                    \
        .key = key_, .type = type_, .offset = offsetof(struct_, member_), .low = low_,   \
        .high = high_                                                                    \
    }
#define WORD(key_, struct_, member_, words_, flags_)                                     \
    {                                                                                    \
        .key = key_, .type = FPLI_WORD, .offset = offsetof(struct_, member_),            \
        .flags = flags_, .words = words_                                                 \
    }
#define REF(key_, struct_, member_, target_, flags_)                                     \
    {                                                                                    \
        .key = key_, .type = FPLI_REF, .offset = offsetof(struct_, member_),             \
        .flags = flags_, .target = target_                                               \
    }
#define REFS(key_, struct_, member_, target_, flags_)                                    \
    {                                                                                    \
        .key = key_, .type = FPLI_REFS, .offset = offsetof(struct_, member_),            \
        .flags = flags_, .target = target_                                               \
    }
#define NESTED(key_, type_, struct_, member_, record_, flags_)                           \
    {                                                                                    \
        .key = key_, .type = type_, .offset = offsetof(struct_, member_),                \
        .flags = flags_, .record = &record_                                              \
    }
#define CITED(struct_)                                                                   \
    {                                                                                    \
        .type = FPLI_CITED, .offset = offsetof(struct_, cited),                          \
        .record = &fpli_citation_record                                                  \
    }
#define RECORD(name_, struct_, fields_)                                                  \
    {                                                                                    \
        .name = name_, .size = sizeof(struct_), .fields = fields_,                       \
        .n_fields = (int)(sizeof fields_ / sizeof *fields_)                              \
    }

/* ---- parts ------------------------------------------------------------------------------- */

static const fpli_field citation_fields[] = {
    REF("source", fpl_citation, source, FPLI_TO_SOURCE, 0),
    PLAIN("at", FPLI_STRINGS, fpl_citation, at, 0),
    REF("grade", fpl_citation, grade, FPLI_TO_GRADE, 0),
    PLAIN("note", FPLI_TEXT, fpl_citation, note, 0),
};
const fpli_record fpli_citation_record = RECORD("citation", fpl_citation,
                                                citation_fields);

static const fpli_field setting_fields[] = {
    REF("descriptor", fpl_setting, descriptor, FPLI_TO_DESCRIPTOR,
        FPLI_REQUIRED | FPLI_SCOPE),
    REF("variant", fpl_setting, variant, FPLI_TO_VARIANT, FPLI_REQUIRED),
};
static const fpli_record setting = RECORD("setting", fpl_setting, setting_fields);

static const fpli_field weight_fields[] = {
    REF("variant", fpl_weight, variant, FPLI_TO_VARIANT, FPLI_REQUIRED),
    NUMBER("value", FPLI_REAL, fpl_weight, value, -1000000, 1000000),
};
static const fpli_record weight = RECORD("weight", fpl_weight, weight_fields);

static const fpli_field likelihood_fields[] = {
    REF("variant", fpl_weight, variant, FPLI_TO_VARIANT, FPLI_REQUIRED),
    NUMBER("value", FPLI_REAL, fpl_weight, value, 0, 1),
};
static const fpli_record likelihood = RECORD("likelihood", fpl_weight, likelihood_fields);

/* ---- sources and people ------------------------------------------------------------------ */

static const fpli_field grade_fields[] = {
    PLAIN("id", FPLI_ID, fpl_grade, id, FPLI_REQUIRED),
    PLAIN("name", FPLI_TEXT, fpl_grade, name, 0),
    NUMBER("price", FPLI_INTEGER, fpl_grade, price, 0, 1000000),
    NUMBER("radius", FPLI_INTEGER, fpl_grade, radius, 0, 1000000),
};
static const fpli_record grade = RECORD("grade", fpl_grade, grade_fields);

static const fpli_field source_fields[] = {
    PLAIN("id", FPLI_ID, fpl_source, id, FPLI_REQUIRED),
    PLAIN("title", FPLI_TEXT, fpl_source, title, 0),
    PLAIN("author", FPLI_STRING, fpl_source, author, 0),
    PLAIN("publisher", FPLI_STRING, fpl_source, publisher, 0),
    PLAIN("date", FPLI_DATE, fpl_source, date, 0),
    PLAIN("accessed", FPLI_DATE, fpl_source, accessed, 0),
    PLAIN("language", FPLI_STRING, fpl_source, language, 0),
    PLAIN("url", FPLI_STRING, fpl_source, url, 0),
    PLAIN("place", FPLI_STRING, fpl_source, place, 0),
    PLAIN("note", FPLI_TEXT, fpl_source, note, 0),
};
static const fpli_record source = RECORD("source", fpl_source, source_fields);

static const fpli_field cost_fields[] = {
    REF("descriptor", fpl_cost, descriptor, FPLI_TO_DESCRIPTOR,
        FPLI_REQUIRED | FPLI_SCOPE),
    NESTED("variants", FPLI_MAP, fpl_cost, variants, weight, 0),
};
static const fpli_record cost = RECORD("cost", fpl_cost, cost_fields);

static const fpli_field actor_fields[] = {
    PLAIN("id", FPLI_ID, fpl_actor, id, FPLI_REQUIRED),
    PLAIN("name", FPLI_TEXT, fpl_actor, name, 0),
    NUMBER("beta", FPLI_REAL, fpl_actor, beta, 0, 1000000),
    NUMBER("lambda", FPLI_REAL, fpl_actor, lambda, 0, 1000000),
    NESTED("costs", FPLI_MAP, fpl_actor, costs, cost, 0),
    CITED(fpl_actor),
};
static const fpli_record actor = RECORD("actor", fpl_actor, actor_fields);

/* ---- descriptors and judgements ---------------------------------------------------------- */

static const fpli_field variant_fields[] = {
    PLAIN("id", FPLI_ID, fpl_variant, id, FPLI_REQUIRED),
    PLAIN("name", FPLI_TEXT, fpl_variant, name, 0),
    PLAIN("short", FPLI_TEXT, fpl_variant, short_name, 0),
    PLAIN("color", FPLI_COLOR, fpl_variant, color, 0),
    PLAIN("lag", FPLI_COUNT, fpl_variant, lag, 0),
    CITED(fpl_variant),
};
static const fpli_record variant = RECORD("variant", fpl_variant, variant_fields);

static const fpli_field move_fields[] = {
    REF("from", fpl_move, from, FPLI_TO_VARIANT, FPLI_REQUIRED),
    REF("to", fpl_move, to, FPLI_TO_VARIANT, FPLI_REQUIRED),
    PLAIN("because", FPLI_TEXT, fpl_move, because, 0),
};
static const fpli_record move = RECORD("move", fpl_move, move_fields);

static const fpli_field descriptor_fields[] = {
    PLAIN("id", FPLI_ID, fpl_descriptor, id, FPLI_REQUIRED | FPLI_SCOPE),
    PLAIN("name", FPLI_TEXT, fpl_descriptor, name, 0),
    PLAIN("short", FPLI_TEXT, fpl_descriptor, short_name, 0),
    WORD("kind", fpl_descriptor, kind, fpli_kind_words, 0),
    REF("actor", fpl_descriptor, actor, FPLI_TO_ACTOR, 0),
    PLAIN("ordered", FPLI_YESNO, fpl_descriptor, ordered, 0),
    PLAIN("stickiness", FPLI_COUNT, fpl_descriptor, stickiness, 0),
    NESTED("never", FPLI_RECORDS, fpl_descriptor, never, move, FPLI_LINE),
    CITED(fpl_descriptor),
    NESTED("variants", FPLI_RECORDS, fpl_descriptor, variants, variant,
           FPLI_REQUIRED | FPLI_LINE),
};
static const fpli_record descriptor = RECORD("descriptor", fpl_descriptor,
                                             descriptor_fields);

static const fpli_field scores_fields[] = {
    REF("variant", fpl_scores, variant, FPLI_TO_VARIANT, FPLI_REQUIRED),
    PLAIN("values", FPLI_DECIMALS, fpl_scores, values, FPLI_REQUIRED),
};
static const fpli_record scores = RECORD("scores", fpl_scores, scores_fields);

static const fpli_field reason_fields[] = {
    REF("variant", fpl_reason, variant, FPLI_TO_VARIANT, FPLI_REQUIRED),
    PLAIN("why", FPLI_TEXT, fpl_reason, why, 0),
    REF("source", fpl_reason, source, FPLI_TO_SOURCE, 0),
    PLAIN("at", FPLI_STRINGS, fpl_reason, at, 0),
    REF("grade", fpl_reason, grade, FPLI_TO_GRADE, 0),
    PLAIN("coder", FPLI_STRING, fpl_reason, coder, 0),
    PLAIN("date", FPLI_DATE, fpl_reason, date, 0),
    PLAIN("doubtful", FPLI_YESNO, fpl_reason, doubtful, 0),
    PLAIN("hindsight", FPLI_YESNO, fpl_reason, hindsight, 0),
};
static const fpli_record reason = RECORD("reason", fpl_reason, reason_fields);

static const fpli_field opinion_fields[] = {
    PLAIN("coder", FPLI_STRING, fpl_opinion, coder, FPLI_REQUIRED),
    NESTED("scores", FPLI_MAP, fpl_opinion, scores, scores, FPLI_REQUIRED | FPLI_LINE),
    NESTED("because", FPLI_MAP, fpl_opinion, because, reason, FPLI_LINE),
};
static const fpli_record opinion = RECORD("opinion", fpl_opinion, opinion_fields);

static const fpli_field impact_fields[] = {
    REF("from", fpl_impact, from, FPLI_TO_DESCRIPTOR, FPLI_REQUIRED | FPLI_SCOPE),
    REF("to", fpl_impact, to, FPLI_TO_DESCRIPTOR, FPLI_REQUIRED),
    NESTED("scores", FPLI_MAP, fpl_impact, scores, scores, FPLI_REQUIRED | FPLI_LINE),
    NESTED("because", FPLI_MAP, fpl_impact, because, reason, FPLI_LINE),
    PLAIN("note", FPLI_TEXT, fpl_impact, note, 0),
    NESTED("others", FPLI_RECORDS, fpl_impact, others, opinion, 0),
};
static const fpli_record impact = RECORD("impact", fpl_impact, impact_fields);

static const fpli_field exclusion_fields[] = {
    PLAIN("when", FPLI_CONDITION, fpl_exclusion, when, FPLI_REQUIRED),
    PLAIN("because", FPLI_TEXT, fpl_exclusion, because, 0),
    CITED(fpl_exclusion),
};
static const fpli_record exclusion = RECORD("exclusion", fpl_exclusion, exclusion_fields);

/* ---- measures and the regime ------------------------------------------------------------- */

static const fpli_field ceiling_fields[] = {
    REF("variant", fpl_ceiling, variant, FPLI_TO_VARIANT, FPLI_REQUIRED),
    WORD("legality", fpl_ceiling, legality, fpli_legality_words, FPLI_REQUIRED),
};
static const fpli_record ceiling = RECORD("ceiling", fpl_ceiling, ceiling_fields);

static const fpli_field stance_fields[] = {
    REF("descriptor", fpl_stance, descriptor, FPLI_TO_DESCRIPTOR,
        FPLI_REQUIRED | FPLI_SCOPE),
    NESTED("ceiling", FPLI_MAP, fpl_stance, ceiling, ceiling, FPLI_REQUIRED | FPLI_LINE),
};
static const fpli_record stance = RECORD("stance", fpl_stance, stance_fields);

static const fpli_field rule_fields[] = {
    PLAIN("id", FPLI_ID, fpl_rule, id, FPLI_REQUIRED),
    PLAIN("name", FPLI_TEXT, fpl_rule, name, 0),
    PLAIN("forbids", FPLI_IDS, fpl_rule, forbids, FPLI_REQUIRED),
    PLAIN("from", FPLI_DATE, fpl_rule, from, 0),
    PLAIN("until", FPLI_DATE, fpl_rule, until, 0),
    PLAIN("except", FPLI_IDS, fpl_rule, except, 0),
    CITED(fpl_rule),
};
static const fpli_record rule = RECORD("rule", fpl_rule, rule_fields);

static const fpli_field regime_fields[] = {
    PLAIN("name", FPLI_TEXT, fpl_regime, name, 0),
    NESTED("rules", FPLI_RECORDS, fpl_regime, rules, rule, FPLI_REQUIRED),
};
static const fpli_record regime = RECORD("regime", fpl_regime, regime_fields);

static const fpli_field measure_fields[] = {
    PLAIN("id", FPLI_ID, fpl_measure, id, FPLI_REQUIRED),
    PLAIN("name", FPLI_TEXT, fpl_measure, name, 0),
    REF("level", fpl_measure, level, FPLI_TO_LEVEL, FPLI_REQUIRED),
    WORD("status", fpl_measure, status, fpli_legality_words, 0),
    PLAIN("categories", FPLI_IDS, fpl_measure, categories, 0),
    WORD("manner", fpl_measure, manner, manner_words, 0),
    PLAIN("gate", FPLI_CONDITION, fpl_measure, gate, 0),
    NUMBER("benefit", FPLI_INTEGER, fpl_measure, benefit, -1000000, 1000000),
    NUMBER("risk", FPLI_INTEGER, fpl_measure, risk, -1000000, 1000000),
    PLAIN("lag", FPLI_COUNT, fpl_measure, lag, 0),
    REF("actor", fpl_measure, actor, FPLI_TO_ACTOR, 0),
    CITED(fpl_measure),
};
static const fpli_record measure = RECORD("measure", fpl_measure, measure_fields);

static const fpli_field gate_fields[] = {
    PLAIN("id", FPLI_ID, fpl_gate, id, FPLI_REQUIRED),
    PLAIN("name", FPLI_TEXT, fpl_gate, name, 0),
    REF("level", fpl_gate, level, FPLI_TO_LEVEL, 0),
    REF("measure", fpl_gate, measure, FPLI_TO_MEASURE, 0),
    REF("from", fpl_gate, from, FPLI_TO_LEVEL, 0),
    WORD("kind", fpl_gate, kind, fpli_gate_kind_words, 0),
    PLAIN("when", FPLI_CONDITION, fpl_gate, when, 0),
    CITED(fpl_gate),
};
static const fpli_record gate = RECORD("gate", fpl_gate, gate_fields);

static const fpli_field roadmap_fields[] = {
    REFS("drivers", fpl_roadmap_plan, drivers, FPLI_TO_DESCRIPTOR, 0),
    NESTED("start", FPLI_MAP, fpl_roadmap_plan, start, setting, 0),
    PLAIN("note", FPLI_TEXT, fpl_roadmap_plan, note, 0),
};
static const fpli_record roadmap = RECORD("roadmap", fpl_roadmap_plan, roadmap_fields);

/* ---- claims, loops, signposts, hedges ---------------------------------------------------- */

static const fpli_field claim_fields[] = {
    PLAIN("id", FPLI_ID, fpl_claim, id, FPLI_REQUIRED),
    PLAIN("name", FPLI_TEXT, fpl_claim, name, 0),
    PLAIN("claim", FPLI_CONDITION, fpl_claim, claim, FPLI_REQUIRED),
    PLAIN("fact", FPLI_CONDITION, fpl_claim, fact, FPLI_REQUIRED),
    CITED(fpl_claim),
};
static const fpli_record claim = RECORD("claim", fpl_claim, claim_fields);

static const fpli_field loop_fields[] = {
    PLAIN("id", FPLI_ID, fpl_loop, id, FPLI_REQUIRED),
    PLAIN("name", FPLI_TEXT, fpl_loop, name, 0),
    WORD("sign", fpl_loop, sign, fpli_sign_words, 0),
    REFS("cycle", fpl_loop, cycle, FPLI_TO_DESCRIPTOR, FPLI_REQUIRED),
    CITED(fpl_loop),
};
static const fpli_record loop = RECORD("loop", fpl_loop, loop_fields);

static const fpli_field signpost_fields[] = {
    PLAIN("id", FPLI_ID, fpl_signpost, id, FPLI_REQUIRED),
    PLAIN("text", FPLI_TEXT, fpl_signpost, text, 0),
    PLAIN("resolves", FPLI_TEXT, fpl_signpost, resolves, 0),
    REF("about", fpl_signpost, about, FPLI_TO_DESCRIPTOR, FPLI_SCOPE),
    REF("measure", fpl_signpost, measure, FPLI_TO_MEASURE, 0),
    NESTED("likelihood", FPLI_MAP, fpl_signpost, likelihood, likelihood, FPLI_LINE),
    PLAIN("lead", FPLI_DURATION, fpl_signpost, lead, 0),
    WORD("class", fpl_signpost, source_class, fpli_evidence_words, 0),
    CITED(fpl_signpost),
};
static const fpli_record signpost = RECORD("signpost", fpl_signpost, signpost_fields);

static const fpli_field hedge_fields[] = {
    PLAIN("words", FPLI_TEXT, fpl_hedge, words, FPLI_REQUIRED),
    NUMBER("low", FPLI_REAL, fpl_hedge, low, 0, 1),
    NUMBER("high", FPLI_REAL, fpl_hedge, high, 0, 1),
    PLAIN("at", FPLI_STRINGS, fpl_hedge, at, 0),
};
static const fpli_record hedge = RECORD("hedge", fpl_hedge, hedge_fields);

/* ---- the record of what happened --------------------------------------------------------- */

static const fpli_field link_fields[] = {
    PLAIN("url", FPLI_STRING, fpl_link, url, 0),
    PLAIN("title", FPLI_STRING, fpl_link, title, 0),
    PLAIN("date", FPLI_DATE, fpl_link, date, 0),
};
static const fpli_record link_ = RECORD("link", fpl_link, link_fields);

static const fpli_field observation_fields[] = {
    PLAIN("id", FPLI_ID, fpl_observation, id, FPLI_REQUIRED),
    PLAIN("date", FPLI_DATE, fpl_observation, date, FPLI_REQUIRED),
    PLAIN("text", FPLI_TEXT, fpl_observation, text, 0),
    NESTED("observes", FPLI_MAP, fpl_observation, observes, setting, FPLI_LINE),
    NUMBER("reliability", FPLI_REAL, fpl_observation, reliability, 0, 1),
    NUMBER("fit", FPLI_REAL, fpl_observation, fit, 0, 1),
    PLAIN("cluster", FPLI_STRING, fpl_observation, cluster, 0),
    REFS("measures", fpl_observation, measures, FPLI_TO_MEASURE, 0),
    REFS("tests", fpl_observation, tests, FPLI_TO_PREDICTION, 0),
    NESTED("sources", FPLI_RECORDS, fpl_observation, sources, link_, FPLI_LINE),
    WORD("evidence", fpl_observation, evidence, fpli_evidence_words, 0),
    PLAIN("note", FPLI_TEXT, fpl_observation, note, 0),
};
static const fpli_record observation = RECORD("observation", fpl_observation,
                                              observation_fields);

static const fpli_field state_fields[] = {
    PLAIN("date", FPLI_DATE, fpl_state, date, FPLI_REQUIRED),
    PLAIN("name", FPLI_TEXT, fpl_state, name, 0),
    NESTED("state", FPLI_MAP, fpl_state, state, setting, FPLI_REQUIRED),
    REFS("uncertain", fpl_state, uncertain, FPLI_TO_DESCRIPTOR, 0),
    PLAIN("note", FPLI_TEXT, fpl_state, note, 0),
};
static const fpli_record state = RECORD("state", fpl_state, state_fields);

static const fpli_field prediction_fields[] = {
    PLAIN("id", FPLI_ID, fpl_prediction, id, FPLI_REQUIRED),
    PLAIN("text", FPLI_TEXT, fpl_prediction, text, 0),
    PLAIN("hedge", FPLI_TEXT, fpl_prediction, hedge, 0),
    WORD("verdict", fpl_prediction, verdict, fpli_verdict_words, 0),
    REFS("observations", fpl_prediction, observations, FPLI_TO_OBSERVATION, 0),
    PLAIN("why", FPLI_TEXT, fpl_prediction, why, 0),
    PLAIN("formula", FPLI_CONDITION, fpl_prediction, formula, 0),
    CITED(fpl_prediction),
};
static const fpli_record prediction = RECORD("prediction", fpl_prediction,
                                             prediction_fields);

static const fpli_field note_fields[] = {
    PLAIN("id", FPLI_ID, fpl_note, id, 0),
    PLAIN("text", FPLI_TEXT, fpl_note, text, FPLI_REQUIRED),
    PLAIN("about", FPLI_STRING, fpl_note, about, 0),
    CITED(fpl_note),
};
static const fpli_record note = RECORD("note", fpl_note, note_fields);

/* ---- everything -------------------------------------------------------------------------- */

static const fpli_field content_fields[] = {
    PLAIN("title", FPLI_TEXT, fpl_content, title, 0),
    PLAIN("summary", FPLI_TEXT, fpl_content, summary, 0),
    PLAIN("question", FPLI_TEXT, fpl_content, question, 0),
    PLAIN("date", FPLI_DATE, fpl_content, date, 0),
    NUMBER("scale", FPLI_INTEGER, fpl_content, scale, 1, 1000),
    PLAIN("hindsight", FPLI_YESNO, fpl_content, hindsight, 0),
    NESTED("grades", FPLI_RECORDS, fpl_content, grades, grade, FPLI_LINE),
    NESTED("sources", FPLI_RECORDS, fpl_content, sources, source, 0),
    NESTED("actors", FPLI_RECORDS, fpl_content, actors, actor, 0),
    NESTED("descriptors", FPLI_RECORDS, fpl_content, descriptors, descriptor, 0),
    NESTED("impacts", FPLI_RECORDS, fpl_content, impacts, impact, 0),
    NESTED("exclusions", FPLI_RECORDS, fpl_content, exclusions, exclusion, 0),
    REF("level", fpl_content, level, FPLI_TO_DESCRIPTOR, 0),
    NESTED("stance", FPLI_RECORD, fpl_content, stance, stance, FPLI_OPTIONAL_ONCE),
    NESTED("regime", FPLI_RECORD, fpl_content, regime, regime, FPLI_OPTIONAL_ONCE),
    NESTED("measures", FPLI_RECORDS, fpl_content, measures, measure, 0),
    NESTED("gates", FPLI_RECORDS, fpl_content, gates, gate, 0),
    NESTED("roadmap", FPLI_RECORD, fpl_content, roadmap, roadmap, FPLI_OPTIONAL_ONCE),
    NESTED("claims", FPLI_RECORDS, fpl_content, claims, claim, 0),
    NESTED("loops", FPLI_RECORDS, fpl_content, loops, loop, 0),
    NESTED("signposts", FPLI_RECORDS, fpl_content, signposts, signpost, 0),
    NESTED("hedges", FPLI_RECORDS, fpl_content, hedges, hedge, FPLI_LINE),
    NESTED("observations", FPLI_RECORDS, fpl_content, observations, observation, 0),
    NESTED("states", FPLI_RECORDS, fpl_content, states, state, 0),
    NESTED("predictions", FPLI_RECORDS, fpl_content, predictions, prediction, 0),
    NESTED("notes", FPLI_RECORDS, fpl_content, notes, note, 0),
};
const fpli_record fpli_content_record = RECORD("model", fpl_content, content_fields);
