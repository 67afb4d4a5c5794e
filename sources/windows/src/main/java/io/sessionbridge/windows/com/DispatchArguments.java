package io.sessionbridge.windows.com;

import com.sun.jna.Pointer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call through {@code IDispatch.Invoke}, read from their bytes.
 *
 * <pre>
 * DISPPARAMS  rgvarg 0 | rgdispidNamedArgs 8 | cArgs 16 | cNamedArgs 20
 * VARIANT     vt 0 (16 bits) | value or pointer to it 8 | 24 bytes in all
 * </pre>
 *
 * The last argument comes first.
 */
final class DispatchArguments {

  /** The arguments, or the reason why they are refused. */
  sealed interface Outcome permits Accepted, Refused {}

  /** A user, and the session if the method has one. */
  record Accepted(String user, OptionalLong sessionId) implements Outcome {}

  /**
   * @param result returned to the caller
   */
  record Refused(int result) implements Outcome {}

  private static final int COUNT = 16;
  private static final int NAMED_COUNT = 20;
  private static final int VARIANT_BYTES = 24;
  private static final int VALUE = 8;

  // wtypes.h
  private static final int VT_I4 = 3;
  private static final int VT_BSTR = 8;
  private static final int VT_VARIANT = 12;
  private static final int VT_UI4 = 19;
  private static final int VT_INT = 22;
  private static final int VT_UINT = 23;
  private static final int VT_BYREF = 0x4000;

  private DispatchArguments() {}

  /**
   * Reads the arguments.
   *
   * @param hasSession whether the method has two arguments, a user and a session
   */
  static Outcome read(@Nullable Pointer parameters, boolean hasSession) {
    if (parameters == null) {
      return new Refused(Hresult.E_INVALIDARG);
    }
    int count = parameters.getInt(COUNT);
    int named = parameters.getInt(NAMED_COUNT);
    Pointer variants = parameters.getPointer(0);
    if (named != 0) {
      return new Refused(Hresult.DISP_E_NONAMEDARGS);
    }
    if (count != (hasSession ? 2 : 1) || variants == null) {
      return new Refused(Hresult.DISP_E_BADPARAMCOUNT);
    }
    Pointer user = dereferenced(variants.share((count - 1L) * VARIANT_BYTES));
    if (type(user) != VT_BSTR && type(user) != (VT_BSTR | VT_BYREF)) {
      return new Refused(Hresult.DISP_E_TYPEMISMATCH);
    }
    String name = ComText.ofBstr(value(user).getPointer(0));
    return hasSession ? withSession(name, dereferenced(variants)) : accepted(name);
  }

  private static Outcome accepted(String name) {
    return new Accepted(name, OptionalLong.empty());
  }

  private static Outcome withSession(String name, Pointer session) {
    return switch (type(session) & ~VT_BYREF) {
      case VT_I4, VT_UI4, VT_INT, VT_UINT ->
          new Accepted(name, OptionalLong.of(Integer.toUnsignedLong(value(session).getInt(0))));
      default -> new Refused(Hresult.DISP_E_TYPEMISMATCH);
    };
  }

  /** Script engines pass a variant that refers to another one. */
  private static Pointer dereferenced(Pointer variant) {
    return type(variant) == (VT_VARIANT | VT_BYREF) ? variant.getPointer(VALUE) : variant;
  }

  private static int type(Pointer variant) {
    return Short.toUnsignedInt(variant.getShort(0));
  }

  /** The address of the value: inside the variant, or where the variant points. */
  private static Pointer value(Pointer variant) {
    return (type(variant) & VT_BYREF) == 0 ? variant.share(VALUE) : variant.getPointer(VALUE);
  }
}
