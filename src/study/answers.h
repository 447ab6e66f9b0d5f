/* The inside of answers: one number for each row. */
#ifndef FPLI_ANSWERS_H
#define FPLI_ANSWERS_H

#include "study/roadmap.h"

#include <fahrplan/decision.h>

struct fpl_answers {
    const fpl_roadmap *roadmap;
    fpl_answer_options options;
    fpl_answer *items;
    size_t capacity;
    int n;
    uint32_t *of_row;
};

#endif
