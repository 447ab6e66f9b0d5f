/* The long list, for the reader that finds one where it expected a matrix. */
#ifndef FPLI_CSV_LIST_H
#define FPLI_CSV_LIST_H

#include "io/csv_table.h"

#include <fahrplan/model.h>

/* Whether the first row names columns of a long list. */
bool fpli_csv_is_list(const fpli_csv_table *table);

/* What a long list states; everything lives in the arena. */
fpl_status fpli_csv_list_content(fpli_arena *arena, const fpli_csv_table *table,
                                 fpl_content *content, fpl_error *error);

#endif
