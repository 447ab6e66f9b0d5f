/* The inside of a roadmap: rows in one table, and how to hold one of them. */
#ifndef FPLI_ROADMAP_H
#define FPLI_ROADMAP_H

#include <fahrplan/roadmap.h>

struct fpl_roadmap {
    const fpl_model *model;
    uint16_t *drivers;
    int n_drivers;
    fpl_fixing *also_held; /* in every row */
    int n_held;            /* drivers and these together */
    uint16_t *start;
    uint16_t *settings;    /* n_rows lines of n_drivers variant indices */
    uint8_t *admissions;   /* of all rows; NULL: not asked for */
    size_t row_admissions; /* of one row: levels * measures */
    fpl_row *rows;
    size_t n_rows;
};

/* What is held in a row: what is held in every row, then the drivers as this one has them. held: n_held
 * entries, caller's memory. */
void fpli_row_fixings(const fpl_roadmap *roadmap, size_t row, fpl_fixing *held);

#endif
