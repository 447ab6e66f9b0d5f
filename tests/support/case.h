/* The published cases (*.case): a matrix with its solutions, worked out elsewhere. Each
 * file explains its lines in its head. */
#ifndef CASE_H
#define CASE_H

#include <fahrplan/model.h>

/* One consistent scenario as listed. */
typedef struct case_solution {
    uint16_t *z; /* 0-based variant indices */
    long consistency;
    long tis;
    char basin[24];  /* digits: starts that end there under global succession; "-": not
                        known */
    char weight[24]; /* digits as ScenarioWizard printed them; "-": not known */
} case_solution;

typedef struct case_solutions {
    case_solution
        *items; /* in the order of the file: the first descriptor is the fastest digit */
    int n;
    int n_descriptors;
    char space[24];  /* digits: number of all combinations */
    char cyclic[24]; /* digits: starts that end in a cycle; "-": not stated */
} case_solutions;

/* The model of a case ("somewhereland.case"): descriptors D1, D2, .. with variants v1,
 * v2, ..; the names of the file are their names. The test is skipped where the cases are
 * not at hand and fails if the file cannot be understood. solutions may be NULL; release
 * with case_solutions_clear. */
fpl_model *case_model(const char *name, case_solutions *solutions);
void case_solutions_clear(case_solutions *solutions);

#endif
