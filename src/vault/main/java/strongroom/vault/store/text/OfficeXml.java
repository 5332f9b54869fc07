package strongroom.vault.store.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The text of one XML part of an office file. Elements are told by their local names; a document type with entities of
/// its own, and anything outside the part, is not looked at.
final class OfficeXml {
    /// Their text is what people read.
    private static final Set<String> WHOLE = Set.of("t", "v", "title", "subject", "creator", "keywords", "description");
    /// Between words, not inside one.
    private static final Set<String> APART =
            Set.of("p", "br", "tab", "cr", "tc", "tr", "si", "c", "row", "h", "s", "line-break", "table-cell", "sp");

    private static final XMLInputFactory FACTORY = factory();

    private OfficeXml() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    static void read(InputStream part, TextSink sink, Budget budget) throws IOException {
        try {
            XMLStreamReader xml;
            synchronized (FACTORY) {
                xml = FACTORY.createXMLStreamReader(part);
            }
            read(xml, sink, budget);
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException below) {
                throw below;
            }
            throw new IOException("not the XML of an office file", e);
        }
    }

    private static void read(XMLStreamReader xml, TextSink sink, Budget budget) throws XMLStreamException, IOException {
        // OpenDocument has its text directly in the body, the others in elements of their own.
        int inWhole = 0;
        int inBody = 0;
        int inShared = 0;
        while (xml.hasNext()) {
            budget.check();
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = xml.getLocalName();
                    gap(name, sink);
                    inBody += isBody(xml) ? 1 : 0;
                    inWhole += WHOLE.contains(name) ? 1 : 0;
                    // The number of a shared text, not a text.
                    inShared += name.equals("c") && "s".equals(xml.getAttributeValue(null, "t")) ? 1 : 0;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    String name = xml.getLocalName();
                    gap(name, sink);
                    inBody -= isBody(xml) ? 1 : 0;
                    inWhole -= WHOLE.contains(name) ? 1 : 0;
                    inShared = name.equals("c") ? 0 : inShared;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if ((inWhole > 0 || inBody > 0) && inShared == 0) {
                        sink.add(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                    }
                }
                default -> {}
            }
        }
    }

    private static boolean isBody(XMLStreamReader xml) {
        return xml.getLocalName().equals("body")
                && String.valueOf(xml.getNamespaceURI()).contains("opendocument");
    }

    private static void gap(String name, TextSink sink) {
        if (APART.contains(name)) {
            sink.gap();
        }
    }
}
