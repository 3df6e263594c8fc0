package dev.saferun.redaction;

/** The arithmetic by which authorities tell a person's number from a slip of the pen. */
final class CheckDigits {

  private static final int[][] DIHEDRAL = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
    {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
    {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
    {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
    {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
    {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
    {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
    {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
    {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
    {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
  };

  private static final int[] PERMUTED = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  private static final int PERMUTATIONS = 8;
  private static final int[][] PERMUTATION = permutations();

  private CheckDigits() {}

  /** The sum of digits from one on, each with the weight that has its place. */
  static int weighted(DigitGroups number, int from, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * number.digit(from + i);
    }
    return sum;
  }

  /** Luhn over some of the digits, the last of which is the check digit. */
  static boolean luhn(DigitGroups number, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      int digit = number.digit(i) << ((to - 1 - i) % 2);
      sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
  }

  /** Verhoeff's digit by the dihedral group of order ten. */
  static boolean verhoeff(DigitGroups number) {
    int check = 0;
    for (int i = 0; i < number.count(); i++) {
      int digit = number.digit(number.count() - 1 - i);
      check = DIHEDRAL[check][PERMUTATION[i % PERMUTATIONS][digit]];
    }
    return check == 0;
  }

  /** ISO/IEC 7064, MOD 11,10. */
  static boolean mod11and10(DigitGroups number) {
    int product = 10;
    for (int i = 0; i < number.count() - 1; i++) {
      int sum = (number.digit(i) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == number.digit(number.count() - 1);
  }

  private static int[][] permutations() {
    int[][] powers = new int[PERMUTATIONS][10];
    for (int digit = 0; digit < 10; digit++) {
      powers[0][digit] = digit;
    }
    for (int i = 1; i < PERMUTATIONS; i++) {
      for (int digit = 0; digit < 10; digit++) {
        powers[i][digit] = PERMUTED[powers[i - 1][digit]];
      }
    }
    return powers;
  }
}
