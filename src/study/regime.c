/* Measures under the rules of a regime, method.md M4. A measure has categories; a rule forbids
 * categories between two dates and may except others. */
#include <fahrplan/regime.h>

#include <fahrplan/formula.h>

#include <string.h>

/* Dates have one of three precisions; a shorter one stands for its whole span, so comparing the
 * common prefix includes both its first and its last day. */
static int compare_dates(const char *a, const char *b)
{
    size_t common = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    return strncmp(a, b, common);
}

static bool applies_on(const fpl_rule *rule, const char *date)
{
    if (date == NULL) return true;
    return (rule->from == NULL || compare_dates(rule->from, date) <= 0) &&
           (rule->until == NULL || compare_dates(rule->until, date) >= 0);
}

/* The first of `wanted` that stands in `list`, or NULL. */
static const char *first_common(const fpl_strings *wanted, const fpl_strings *list)
{
    for (int i = 0; i < wanted->n; i++)
        for (int k = 0; k < list->n; k++)
            if (strcmp(wanted->items[i], list->items[k]) == 0) return wanted->items[i];
    return NULL;
}

/* What one rule makes of a measure; false if it does not touch it. A forbidden measure of which
 * nobody says how it is done counts as done openly. */
static bool judge(const fpl_rule *rule, const fpl_measure *measure,
                  fpl_derived_status *status)
{
    const char *forbidden = first_common(&measure->categories, &rule->forbids);
    if (forbidden == NULL) return false;
    const char *excepted = first_common(&measure->categories, &rule->except);
    status->excepted = excepted != NULL;
    status->category = excepted != NULL ? excepted : forbidden;
    if (excepted != NULL)
        status->legality = FPL_GREY;
    else
        status->legality = measure->manner == FPL_COVERT ? FPL_COVERT : FPL_OPEN;
    return true;
}

void fpl_measure_derive_status(const fpl_model *model, int measure, const char *date,
                               fpl_derived_status *status)
{
    const fpl_content *content = fpl_model_content(model);
    const fpl_measure *m = &content->measures.items[measure];
    if (date == NULL) date = content->date;
    *status = (fpl_derived_status){.rule = -1};
    if (m->categories.n == 0) return;
    status->legality = FPL_PERMITTED;
    for (int r = 0; r < content->regime.rules.n; r++) {
        const fpl_rule *rule = &content->regime.rules.items[r];
        fpl_derived_status found = {.rule = r};
        if (applies_on(rule, date) && judge(rule, m, &found) &&
            found.legality > status->legality)
            *status = found;
    }
}

fpl_legality fpl_measure_status(const fpl_model *model, int measure)
{
    const fpl_measure *m = &fpl_model_content(model)->measures.items[measure];
    if (m->status != FPL_LEGALITY_UNSTATED) return m->status;
    fpl_derived_status derived;
    fpl_measure_derive_status(model, measure, NULL, &derived);
    return derived.legality != FPL_LEGALITY_UNSTATED ? derived.legality : FPL_PERMITTED;
}

fpl_legality fpl_stance_ceiling(const fpl_model *model, int variant)
{
    const fpl_stance *stance = &fpl_model_content(model)->stance;
    for (int i = 0; i < stance->ceiling.n; i++)
        if (stance->ceiling.items[i].variant.index == variant)
            return stance->ceiling.items[i].legality;
    return FPL_OPEN;
}

fpl_admission fpl_measure_admission(const fpl_model *model, int measure,
                                    const uint16_t *z)
{
    const fpl_measure *m = &fpl_model_content(model)->measures.items[measure];
    const int level = fpl_model_level(model), stance = fpl_model_stance(model);
    if (level >= 0 && m->level.index > z[level]) return FPL_OUT_OF_REACH;
    if (stance >= 0 &&
        fpl_measure_status(model, measure) > fpl_stance_ceiling(model, z[stance]))
        return FPL_ULTRA_VIRES;
    if (m->gate.formula != NULL && !fpl_formula_holds(m->gate.formula, z))
        return FPL_WAITING;
    return FPL_ADMISSIBLE;
}
