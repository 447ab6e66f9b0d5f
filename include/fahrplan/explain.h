/* Why is a scenario, or a variant, (in)consistent: the balance sheet of a descriptor. */
#ifndef FAHRPLAN_EXPLAIN_H
#define FAHRPLAN_EXPLAIN_H

#include <fahrplan/balance.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One argument: what the present variant of `from` says about the descriptor. */
typedef struct fpl_argument {
    int from;                 /* descriptor whose present variant speaks */
    int32_t for_chosen;       /* its judgement on the chosen variant */
    int32_t for_rival;        /* its judgement on the best rival */
    int32_t weight;           /* for_chosen - for_rival: positive supports the choice */
    const fpl_reason *reason; /* may be NULL: nobody gave one */
} fpl_argument;

/* The balance sheet of one descriptor in one scenario. */
typedef struct fpl_balance_sheet {
    int descriptor;
    int chosen;              /* variant that is judged */
    int rival;               /* best other variant; -1 if it has no rival */
    int32_t consistency;     /* balance of chosen minus balance of rival; M2.2 */
    const int32_t *balances; /* of all variants of the descriptor */
    FPL_LIST(fpl_argument)
    arguments; /* all with for_chosen or for_rival not 0: strongest support
                                         first, strongest objection last; index breaks ties */
} fpl_balance_sheet;

typedef struct fpl_explanation fpl_explanation;

/* The sheets of all descriptors in scenario z (n variant indices), the worst consistency value
 * first, index breaks ties. Errors: FPL_E_MEMORY. Time n*V. */
FPL_API fpl_status fpl_explain_scenario(const fpl_model *model, const uint16_t *z,
                                        fpl_explanation **explanation, fpl_error *error);

/* The sheet of one descriptor if it took `variant` while all others stay as in z. */
FPL_API fpl_status fpl_explain_variant(const fpl_model *model, const uint16_t *z,
                                       int descriptor, int variant,
                                       fpl_explanation **explanation, fpl_error *error);

FPL_API int fpl_explanation_n_sheets(const fpl_explanation *explanation);
FPL_API const fpl_balance_sheet *fpl_explanation_sheet(const fpl_explanation *explanation,
                                                       int index);
FPL_API const fpl_figures *fpl_explanation_figures(const fpl_explanation *explanation);
FPL_API void fpl_explanation_free(fpl_explanation *explanation);

#ifdef __cplusplus
}
#endif

#endif
