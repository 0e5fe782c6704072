import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Validates files against PDF/UA-1 with the veraPDF library. Reads one path a line; writes lines of tab-separated fields:
 * "checked PATH RULES CHECKS", "failed PATH RULE COUNT MESSAGE" and "error PATH MESSAGE".
 *
 * <p>The jar holds the rules as XML but cannot load them by name, so they are read here with the JDK's own parser.
 */
public class VeraPdf {
    static final String PROFILE = "/org/verapdf/pdfa/validation/PDFUA-1.xml";
    static final int MOST_FAILURES = 10_000;

    public static void main(String[] arguments) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = loadProfile();
        Scanner paths = new Scanner(System.in, StandardCharsets.UTF_8);
        while (paths.hasNextLine()) {
            String path = paths.nextLine();
            try {
                validate(path, profile);
            } catch (Exception | StackOverflowError problem) {
                say("error", path, problem);
            }
        }
    }

    static void validate(String path, ValidationProfile profile) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), PDFAFlavour.PDFUA_1);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, MOST_FAILURES, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, Integer> counts = new LinkedHashMap<>();
            Map<String, String> messages = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    counts.merge(rule, 1, Integer::sum);
                    messages.putIfAbsent(rule, assertion.getMessage() + " at " + assertion.getLocation().getContext());
                }
            }
            for (String rule : counts.keySet()) {
                say("failed", path, rule, counts.get(rule), messages.get(rule));
            }
            if (!result.isCompliant() && counts.isEmpty()) {
                say("error", path, "not compliant, no rule named");
            }
            say("checked", path, profile.getRules().size(), result.getTotalAssertions());
        }
    }

    static void say(Object... fields) {
        List<String> line = new ArrayList<>();
        for (Object field : fields) {
            line.add(String.valueOf(field).replaceAll("\\s+", " "));
        }
        System.out.println(String.join("\t", line));
    }

    static ValidationProfile loadProfile() throws Exception {
        Document document;
        try (InputStream stream = VeraPdf.class.getResourceAsStream(PROFILE)) {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream);
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : elements(document.getDocumentElement(), "rule")) {
            rules.add(readRule(rule));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : elements(document.getDocumentElement(), "variable")) {
            variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
                    text(variable, "defaultValue"), text(variable, "value")));
        }
        return Profiles.profileFromValues(PDFAFlavour.PDFUA_1,
                Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new Date(0)), "", rules, variables);
    }

    static Rule readRule(Element rule) {
        Element id = elements(rule, "id").get(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : elements(rule, "argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
        }
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"), "true".equals(rule.getAttribute("deferred")) ? Boolean.TRUE : null,
                rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), arguments), new ArrayList<>());
    }

    static List<Element> elements(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int index = 0; index < nodes.getLength(); index++) {
            found.add((Element) nodes.item(index));
        }
        return found;
    }

    static String text(Element parent, String name) {
        List<Element> found = elements(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
