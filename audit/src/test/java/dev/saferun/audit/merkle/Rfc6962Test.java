package dev.saferun.audit.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The vectors that Certificate Transparency's implementations share for the trees of RFC 6962 and
 * 9162, and the definitions of the RFC, written down once more without any cleverness.
 */
class Rfc6962Test {

  private static final HexFormat HEX = HexFormat.of();

  private static final List<String> ENTRIES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private final List<byte[]> leaves = new ArrayList<>();

  @Test
  void rootsOfTheVectors() {
    Frontier frontier = new Frontier();
    for (int size = 0; size <= ENTRIES.size(); size++) {
      assertThat(HEX.formatHex(frontier.root())).as("size %s", size).isEqualTo(ROOTS.get(size));
      if (size < ENTRIES.size()) {
        frontier.append(TreeHash.leaf(HEX.parseHex(ENTRIES.get(size))));
      }
    }
  }

  @Test
  void pathsOfTheVectors() {
    ENTRIES.forEach(entry -> leaves.add(TreeHash.leaf(HEX.parseHex(entry))));

    assertThat(hex(Proofs.inclusion(0, 8, this::subtree)))
        .containsExactly(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    assertThat(hex(Proofs.inclusion(5, 8, this::subtree)))
        .containsExactly(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(hex(Proofs.consistency(1, 8, this::subtree)))
        .containsExactly(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    assertThat(hex(Proofs.consistency(6, 8, this::subtree)))
        .containsExactly(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  }

  @Test
  void everyPathAndEveryConsistencyOfSmallTreesHoldsAndNoOtherDoes() {
    Random random = new Random(6962);
    for (int size = 1; size <= 70; size++) {
      leaves.add(TreeHash.leaf(bytes(random)));
      byte[] root = naive(0, size);
      for (int index = 0; index < size; index++) {
        List<byte[]> path = Proofs.inclusion(index, size, this::subtree);
        byte[] leaf = leaves.get(index);
        assertThat(Proofs.isIncluded(leaf, index, size, path, root)).isTrue();
        assertThat(Proofs.isIncluded(bytes(random), index, size, path, root)).isFalse();
        assertThat(Proofs.isIncluded(leaf, index, size, altered(path, random), root)).isFalse();
        if (size > 1) {
          int other = (index + 1 + random.nextInt(size - 1)) % size;
          assertThat(Proofs.isIncluded(leaf, other, size, path, root)).isFalse();
        }
      }
      for (int earlier = 0; earlier <= size; earlier++) {
        List<byte[]> proof = Proofs.consistency(earlier, size, this::subtree);
        byte[] old = naive(0, earlier);
        assertThat(Proofs.isConsistent(earlier, old, size, root, proof))
            .as("%s of %s", earlier, size)
            .isTrue();
        assertThat(Proofs.isConsistent(earlier, bytes(random), size, root, proof)).isFalse();
        assertThat(Proofs.isConsistent(earlier, old, size, bytes(random), proof))
            .isEqualTo(earlier == 0);
        assertThat(Proofs.isConsistent(earlier, old, size, root, altered(proof, random))).isFalse();
      }
    }
  }

  @Test
  void aFrontierIsTheSameGrownOrReadAndTellsWhatBecameWhole() {
    Random random = new Random(1);
    Frontier grown = new Frontier();
    for (int size = 1; size <= 300; size++) {
      byte[] leaf = TreeHash.leaf(bytes(random));
      leaves.add(leaf);
      grown.append(leaf, (level, index, hash) -> assertThat(hash).isEqualTo(subtree(level, index)));
      assertThat(grown.root()).isEqualTo(naive(0, size));
      assertThat(Frontier.of(size, this::subtree).root()).isEqualTo(grown.root());
      assertThat(grown.size()).isEqualTo(size);
    }
  }

  private byte[] subtree(int level, long index) {
    return naive((int) (index << level), (int) ((index + 1) << level));
  }

  /**
   * The definition: MTH(D[n]) = H(1, MTH(D[0:k]), MTH(D[k:n])), k the largest power of two below.
   */
  private byte[] naive(int start, int end) {
    if (start == end) {
      return TreeHash.empty();
    }
    if (end - start == 1) {
      return leaves.get(start);
    }
    int k = Integer.highestOneBit(end - start - 1);
    return TreeHash.node(naive(start, start + k), naive(start + k, end));
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[TreeHash.BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One bit turned, one hash more, or one fewer. */
  private static List<byte[]> altered(List<byte[]> path, Random random) {
    List<byte[]> altered = new ArrayList<>();
    path.forEach(hash -> altered.add(hash.clone()));
    int kind = path.isEmpty() ? 0 : random.nextInt(3);
    switch (kind) {
      case 0 -> altered.add(bytes(random));
      case 1 -> altered.removeLast();
      default -> altered.get(random.nextInt(altered.size()))[random.nextInt(32)] ^= 1;
    }
    return altered;
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(HEX::formatHex).toList();
  }
}
