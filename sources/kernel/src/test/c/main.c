#include <stdio.h>
#include <stdlib.h>

void run_cases(void);
void run_storm(unsigned milliseconds);

int main(int count, char **arguments) {
  run_cases();
  run_storm(count > 1 ? (unsigned)atoi(arguments[1]) : 2000);
  puts("PASSED");
  return 0;
}
