/* The program. */
#include <fahrplan.h>

#include <stdio.h>

int main(void)
{
    printf("fahrplan %s\n", fpl_version());
    return 0;
}
