import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** The servlet API's HttpSession, in the memory of Tomcat. */
public class ServletSession extends HttpServlet {
  /** One turn: the basket so far and a message in, the basket and a reply out. */
  private static String[] turn(String basket, String body) {
    String said = body.strip().toLowerCase();
    if (said.matches("[1-9][0-9]? (small|medium|large)")) {
      String fuller = basket.isEmpty() ? said : basket + ", " + said;
      return new String[] {fuller, fuller + ". Anything else? Or yes."};
    }
    if (said.equals("yes") && !basket.isEmpty()) return new String[] {"", "Confirmed: " + basket};
    return new String[] {basket, "Say what you would like, as in '2 large'."};
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object kept = request.getSession().getAttribute("basket");
    try {
      Thread.sleep(30); // what a query takes
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    String[] next = turn(kept == null ? "" : (String) kept, request.getParameter("Body"));
    request.getSession().setAttribute("basket", next[0]);
    response.setContentType("text/xml");
    response.getWriter().print(
        "<?xml version=\"1.0\"?><Response><Message>" + next[1] + "</Message></Response>");
  }

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    String folder = System.getProperty("java.io.tmpdir");
    tomcat.setBaseDir(folder);
    tomcat.setPort(Integer.parseInt(System.getenv().getOrDefault("PORT", "3000")));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder);
    Tomcat.addServlet(context, "sms", new ServletSession());
    context.addServletMappingDecoded("/sms", "sms");
    tomcat.start();
    tomcat.getServer().await();
  }
}
