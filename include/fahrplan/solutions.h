/* ScenarioWizard solution files (.sl), read and written. docs/formats.md, section 3. */
#ifndef FAHRPLAN_SOLUTIONS_H
#define FAHRPLAN_SOLUTIONS_H

#include <fahrplan/balance.h>
#include <fahrplan/io.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpl_solution {
    const uint16_t *z;   /* 0-based variant indices */
    const char *weight;  /* decimal digits, "0" if not asked */
    int64_t consistency; /* as printed */
    const char *fourth;  /* 0 in every file seen, kept */
    int64_t tis;
    const char *text;
    int line; /* in the file read; 0 if made here */
} fpl_solution;

typedef struct fpl_solutions fpl_solutions;

/* Read a solution file. Its rows have any number of columns; nothing ties it to a matrix. Rows that
 * differ in length are an error. Byte for byte round trip with fpl_solutions_write. */
FPL_API fpl_status fpl_solutions_read(const char *text, size_t size, const char *name,
                                      fpl_solutions **solutions, fpl_error *error);
FPL_API fpl_status fpl_solutions_write(const fpl_solutions *solutions, char **text,
                                       size_t *size, fpl_error *error);

/* A new, empty set with rows of n_descriptors variants; add copies. */
FPL_API fpl_status fpl_solutions_new(int n_descriptors, fpl_solutions **solutions,
                                     fpl_error *error);
FPL_API fpl_status fpl_solutions_add(fpl_solutions *solutions,
                                     const fpl_solution *solution, fpl_error *error);
FPL_API void fpl_solutions_free(fpl_solutions *solutions);
FPL_API size_t fpl_solutions_n(const fpl_solutions *solutions);
FPL_API int fpl_solutions_n_descriptors(const fpl_solutions *solutions);
FPL_API const fpl_solution *fpl_solutions_get(const fpl_solutions *solutions,
                                              size_t index);

/* How a row fits a model. */
typedef enum fpl_fit {
    FPL_FITS = 0,
    FPL_FIT_SHAPE, /* another number of descriptors, or a variant that does not exist */
    FPL_FIT_CONSISTENCY, /* the model gives another consistency value */
    FPL_FIT_TIS          /* the model gives another total impact score */
} fpl_fit;

FPL_API fpl_fit fpl_solution_fit(const fpl_solutions *solutions, size_t index,
                                 const fpl_model *model, fpl_figures *figures,
                                 int32_t *balance_workspace);

/* Whether the weight looks clipped by single precision (2^24 or beyond and rounded). */
FPL_API bool fpl_solution_weight_is_clipped(const fpl_solution *solution);

#ifdef __cplusplus
}
#endif

#endif
