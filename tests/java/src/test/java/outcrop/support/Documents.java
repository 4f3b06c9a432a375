package outcrop.support;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** Documents from JSON. */
final class Documents {
    private Documents() {}

    static Document of(JsonNode json) {
        if (json.isObject()) {
            Map<String, Document> members = new LinkedHashMap<>();
            json.asObject().forEach((name, value) -> members.put(name, of(value)));
            return Document.fromMap(members);
        }
        if (json.isArray()) {
            return Document.fromList(json.asArray().stream().map(Documents::of).toList());
        }
        if (json.isString()) {
            return Document.fromString(json.asString());
        }
        if (json.isNumber()) {
            return Document.fromNumber(json.asNumber());
        }
        return json.isBoolean() ? Document.fromBoolean(json.asBoolean()) : Document.fromNull();
    }
}
