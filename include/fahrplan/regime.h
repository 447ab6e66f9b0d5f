/* Measures, the rules of the regime, and what a scenario admits. method.md, M4. */
#ifndef FAHRPLAN_REGIME_H
#define FAHRPLAN_REGIME_H

#include <fahrplan/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The status that the rules give a measure on the model's date, M4.2. */
typedef struct fpl_derived_status {
    fpl_legality legality; /* FPL_LEGALITY_UNSTATED: the measure names no categories */
    int rule; /* the rule that decides, index into regime.rules; -1: none applies */
    const char
        *category; /* the category that it forbids or excepts; NULL if no rule applies */
    bool excepted; /* the rule touches the measure only through an exception: grey */
} fpl_derived_status;

/* date: "YYYY-MM-DD", or NULL for the model's own date (all rules, if it states none). A rule
 * applies from its first day on, up to and including its last. If several rules apply, the one
 * with the gravest result decides; the first of those in file order is named. */
FPL_API void fpl_measure_derive_status(const fpl_model *model, int measure,
                                       const char *date, fpl_derived_status *status);

/* The status that counts: as stated, else as derived, else permitted. */
FPL_API fpl_legality fpl_measure_status(const fpl_model *model, int measure);

/* M4.3. */
typedef enum fpl_admission {
    FPL_OUT_OF_REACH = 0, /* the level is not deep enough */
    FPL_ULTRA_VIRES,      /* the level allows it, the stance does not */
    FPL_WAITING,          /* level and stance allow it, the gate is shut */
    FPL_ADMISSIBLE
} fpl_admission;

/* What scenario z (n variant indices) makes of a measure. Time linear in the gate formula. A model
 * without level or stance passes the respective test. */
FPL_API fpl_admission fpl_measure_admission(const fpl_model *model, int measure,
                                            const uint16_t *z);

/* The most that a variant of the stance allows; FPL_OPEN if no ceiling is stated for it. */
FPL_API fpl_legality fpl_stance_ceiling(const fpl_model *model, int variant);

#ifdef __cplusplus
}
#endif

#endif
