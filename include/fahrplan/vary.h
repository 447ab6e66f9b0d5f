/* Changed copies of a model: judgements set to other values, judgements of a grade, a source or a coder
 * left out. */
#ifndef FAHRPLAN_VARY_H
#define FAHRPLAN_VARY_H

#include <fahrplan/model.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpl_setting_of_score { /* C[from,from_variant -> to,to_variant] = score */
    int from, from_variant, to, to_variant;
    fpl_decimal score;
} fpl_setting_of_score;

/* What is to change. First the groups are left out whose reason names one of the grades, sources or
 * coders: as if nobody had judged them, value 0 (method.md, M12.3: ablation). Then scores are set. All
 * zero: a plain copy. */
typedef struct fpl_variation {
    FPL_LIST(const fpl_setting_of_score) scores;
    FPL_LIST(const char *const) grades, sources, coders; /* left out */
} fpl_variation;

/* *changed is a model of its own. *n_left_out (may be NULL) receives the number of groups left out.
 * Errors: FPL_E_ARGUMENT (an index out of range; a grade or source that the model does not state, a
 * coder who gave no reason), those of fpl_builder_build. */
FPL_API fpl_status fpl_model_vary(const fpl_model *model, const fpl_variation *variation,
                                  fpl_model **changed, int *n_left_out, fpl_error *error);

#ifdef __cplusplus
}
#endif

#endif
