package dev.saferun.auth.signin;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The TXT records of a domain, as the machine's name servers have them. Blocks for seconds. */
@Singleton
class TxtRecords {

  /** None where nobody answers, too. */
  List<String> of(String domain) {
    try {
      Lookup lookup = new Lookup(domain + ".", Type.TXT);
      // What was looked for too early is looked for again.
      lookup.setCache(null);
      Record[] found = lookup.run();
      return found == null ? List.of() : texts(found);
    } catch (TextParseException none) {
      return List.of();
    }
  }

  private static List<String> texts(Record[] records) {
    List<String> texts = new ArrayList<>();
    for (Record record : records) {
      if (record instanceof TXTRecord text) {
        texts.add(String.join("", text.getStrings()));
      }
    }
    return texts;
  }
}
