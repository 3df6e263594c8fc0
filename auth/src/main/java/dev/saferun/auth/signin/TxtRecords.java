package dev.saferun.auth.signin;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** The TXT records of a domain, as the machine's name servers have them. Blocks. */
@Singleton
class TxtRecords {

  private static final String TXT = "TXT";

  /** None where nobody answers, too. */
  List<String> of(String domain) {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put("com.sun.jndi.dns.timeout.initial", "1000");
    settings.put("com.sun.jndi.dns.timeout.retries", "2");
    try {
      DirContext context = new InitialDirContext(settings);
      try {
        return texts(context.getAttributes("dns:/" + domain, new String[] {TXT}));
      } finally {
        context.close();
      }
    } catch (NamingException nobody) {
      return List.of();
    }
  }

  private static List<String> texts(Attributes attributes) throws NamingException {
    Attribute records = attributes.get(TXT);
    if (records == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    NamingEnumeration<?> all = records.getAll();
    while (all.hasMore()) {
      texts.add(String.valueOf(all.next()).replace("\"", ""));
    }
    return texts;
  }
}
